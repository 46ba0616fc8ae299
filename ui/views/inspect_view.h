// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/images_model.h"
#include "ui/session/inspector.h"
#include "ui/session/thumbnails.h"
#include "ui/views/exportable.h"
#include "ui/widgets/shortcuts_overlay.h"

#include <QWidget>

class QAction;
class QListView;
class QSplitter;
class QStackedWidget;
class QToolBar;

namespace augury {

class EmptyState;
class ImageDelegate;
class InspectBar;
class LookView;
class MessageBar;

/// The page where one looks at single images: a grid of all, one of them with every variant and
/// its vote, and another pinned beside it.
class InspectView : public QWidget, public Exportable {
    Q_OBJECT

public:
    explicit InspectView(Inspector& inspector, QWidget* parent = nullptr);

    // Exports are of the image that is shown.
    bool hasResults() const override;
    QString fileName() const override;
    QStringList chartSuffixes() const override { return {QStringLiteral("png")}; }
    void saveChart(const QString& path) const override; ///< the gallery: every variant and its vote
    std::string csv() const override;
    std::string json() const override;
    /// Asks for a name, and writes the gallery as PNG and the votes as CSV beside it.
    void askExport();
    void exportBoth(const QString& pngPath);

    Inspector& inspector() { return m_inspector; }
    EmptyState* emptyState() const { return m_empty; }
    InspectBar* bar() const { return m_bar; }
    QListView* grid() const { return m_grid; }
    ImagesModel* images() const { return m_images; }
    LookView* stage() const { return m_stage; }
    LookView* pinned() const { return m_pinned; }
    QString messageText() const;
    void showError(const QString& message);
    /// Test images of the votes in hand, as soon as those are counted; `note` says why they come.
    void showQuery(const ImageQuery& query, const QString& note);
    std::vector<ShortcutGroup> shortcuts() const;

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& state);
    void resetLayout();

Q_SIGNALS:
    void resultsChanged();
    void exported(const QString& message);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildContent();
    void buildGrid();
    void buildActions();
    void connectInspector();
    void fillImages();
    void showImages();
    void tellOpened(); ///< what became of the user's own images
    void showPosition(); ///< the chosen image in the grid
    void showLook();
    void showPin();
    void onQuery();
    void refreshDrawAgain();
    void jumpTo(std::uint32_t index);
    void onTaskEnded(Session::Task task, JobEnd end, const QString& message);
    void refreshEmpty();
    void themeIcons();
    void updateThumbnailSide();

    Inspector& m_inspector;
    Thumbnails m_thumbnails;
    QStackedWidget* m_pages;
    EmptyState* m_empty;
    MessageBar* m_message;
    InspectBar* m_bar;
    QListView* m_grid;
    ImagesModel* m_images;
    ImageDelegate* m_delegate;
    QToolBar* m_tools;
    LookView* m_stage;
    LookView* m_pinned;
    QSplitter* m_split; ///< grid over stage
    QSplitter* m_looks; ///< pinned beside stage
    QAction* m_drawAgain;
    QAction* m_pinImage;
    QAction* m_pinSettings;
    QAction* m_smooth;
    QAction* m_asSeen;
    ImageQuery m_query; ///< the last one
    bool m_syncing = false;
};

} // namespace augury
