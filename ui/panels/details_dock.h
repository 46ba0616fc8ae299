// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/inspector.h"
#include "ui/session/probabilities_model.h"

#include <QDockWidget>

#include <cstdint>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace augury {

class RunDetails;
class RunHistory;
class Section;

/// Everything about the image of the Inspect page, and about the variant that is chosen there:
/// votes, exact parameters, all probabilities, where it comes from. Or about a run.
class DetailsDock : public QDockWidget {
    Q_OBJECT

public:
    DetailsDock(Inspector& inspector, RunHistory& history, QWidget* parent = nullptr);

    void showImages();
    void showRun(std::int64_t id); ///< until showImages()
    const RunDetails& runDetails() const { return *m_run; }

    QString imageText() const; ///< plain, a line a fact
    QString variantText() const;
    QString provenanceText() const;
    QTableView* table() const { return m_table; }
    void copyImage(); ///< as JSON, to the clipboard
    void copyVariant();

Q_SIGNALS:
    void copied(const QString& message); ///< something was copied: what

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* buildContent();
    void refresh();
    void showImage(const ImageLook& look);
    void showVariant(const ImageLook& look, int variant);
    void showProvenance(const ImageLook& look);
    void fitTable();
    void copy(const std::string& document, const QString& what);

    Inspector& m_inspector;
    ProbabilitiesModel m_probabilities;
    RunDetails* m_run;
    bool m_showsRun = false;
    QSortFilterProxyModel* m_sorted;
    QLabel* m_empty;
    QWidget* m_content;
    QLabel* m_image;
    Section* m_variantSection;
    QLabel* m_variant;
    QTableView* m_table;
    QLabel* m_provenance = nullptr;
};

} // namespace augury
