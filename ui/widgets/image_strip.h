// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/images.h"

#include <QWidget>

namespace augury {

/// One image of each class in a row, its class below it; as many as there is room for.
class ImageStrip : public QWidget {
    Q_OBJECT

public:
    explicit ImageStrip(QWidget* parent = nullptr);

    void setSamples(const QVector<SampleImage>& samples);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int columnsFor(int width) const;

    QVector<SampleImage> m_samples;
};

} // namespace augury
