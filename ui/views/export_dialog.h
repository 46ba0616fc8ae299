// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/views/exporter.h"

#include <QDialog>
#include <QPointer>
#include <QTimer>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace augury {

/// A chart of a page as a picture: format, size and scale, with a preview that follows them and the
/// chart. Modal to nothing: the window goes on beside it.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `fileName` is proposed, without a suffix. The charts may go before the dialog does.
    ExportDialog(Exporter& exporter, const std::vector<ChartWidget*>& charts, QString fileName,
        QWidget* parent);

    ChartPicture picture() const;
    QString suffix() const; ///< of the chosen format
    ChartWidget* chart() const; ///< the chosen one; null when it is gone
    void write(const QString& path);
    void copy(); ///< to the clipboard, as the PNG would be

    QComboBox* charts() const { return m_charts; }
    QComboBox* formats() const { return m_formats; }
    QLineEdit* titleEdit() const { return m_title; }
    QSpinBox* widthBox() const { return m_width; }
    QSpinBox* heightBox() const { return m_height; }
    QDoubleSpinBox* scaleBox() const { return m_scale; }
    QLabel* pixelsLabel() const { return m_pixels; }
    QLabel* preview() const { return m_preview; }
    QPushButton* saveButton() const { return m_save; }
    QPushButton* copyButton() const { return m_copy; }

private:
    void buildForm();
    void chooseChart();
    void refresh();
    void showPreview();
    void askPath();

    Exporter& m_exporter;
    std::vector<QPointer<ChartWidget>> m_all;
    QString m_fileName;
    QString m_summary; ///< of the chart as the preview shows it
    QTimer m_soon; ///< one drawing for many steps of a spin box
    QTimer m_watch; ///< the chart's data
    QComboBox* m_charts;
    QLineEdit* m_title;
    QComboBox* m_formats;
    QSpinBox* m_width;
    QSpinBox* m_height;
    QDoubleSpinBox* m_scale;
    QLabel* m_pixels;
    QLabel* m_preview;
    QPushButton* m_copy;
    QPushButton* m_save;
};

} // namespace augury
