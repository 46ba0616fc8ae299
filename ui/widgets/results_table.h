// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace augury {

/// A read-only table whose rows are copied as tab-separated text, with the headings.
class ResultsTable : public QTableView {
    Q_OBJECT

public:
    explicit ResultsTable(QWidget* parent = nullptr);

    void setModel(QAbstractItemModel* model) override;
    QString asText(bool selectedRowsAlone) const;
    void copy(); ///< the selected rows; all when none is selected

    /// A column takes no more than this unasked; what is longer is elided. 0, as at first: it may.
    void setWidestColumn(int pixels) { m_widestColumn = pixels; }

    /// Whether new rows are scrolled to, as at first.
    void setFollowing(bool follows) { m_follows = follows; }

    /// At which every column has all the room that it likes.
    int fullWidth() const;
    QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    int neededWidth(int column, bool dense) const;
    void fitColumns(); ///< every column shows its content; what room is left is shared out

    int m_widestColumn = 0;
    bool m_follows = true;
};

} // namespace augury
