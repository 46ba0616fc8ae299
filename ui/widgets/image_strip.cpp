// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/image_strip.h"

#include <QPainter>
#include <QStringList>

#include <algorithm>

namespace augury {

namespace {
constexpr int s_side = 72; // logical pixels of a picture
constexpr int s_gap = 12;
} // namespace

ImageStrip::ImageStrip(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ImageStrip::setSamples(const QVector<SampleImage>& samples)
{
    m_samples = samples;
    QStringList names;
    for (const auto& sample : samples)
        names << sample.className;
    setAccessibleName(tr("Sample images: %1").arg(names.join(QStringLiteral(", "))));
    setVisible(!samples.isEmpty());
    updateGeometry();
    update();
}

int ImageStrip::columnsFor(int width) const
{
    const int fitting = std::max(1, (width + s_gap) / (s_side + s_gap));
    return std::min(fitting, static_cast<int>(m_samples.size()));
}

QSize ImageStrip::sizeHint() const
{
    const auto columns = std::max(1, static_cast<int>(m_samples.size()));
    return {columns * (s_side + s_gap) - s_gap, s_side + fontMetrics().height() + 4};
}

QSize ImageStrip::minimumSizeHint() const
{
    return {s_side, sizeHint().height()};
}

void ImageStrip::paintEvent(QPaintEvent*)
{
    const int columns = columnsFor(width());
    if (columns == 0)
        return;
    QPainter painter(this);
    int x = (width() - (columns * (s_side + s_gap) - s_gap)) / 2;
    for (int i = 0; i < columns; ++i, x += s_side + s_gap) {
        const auto& sample = m_samples[i];
        const QRect box(x, 0, s_side, s_side);
        const auto fitted = sample.image.size().scaled(box.size(), Qt::KeepAspectRatio);
        QRect target(QPoint(), fitted);
        target.moveCenter(box.center());
        // Small images show their pixels; large ones are smoothed.
        painter.setRenderHint(
            QPainter::SmoothPixmapTransform, sample.image.width() > fitted.width());
        painter.drawImage(target, sample.image);
        painter.setPen(palette().color(QPalette::WindowText));
        const QRect text(x - s_gap / 2, s_side + 4, s_side + s_gap, fontMetrics().height());
        painter.drawText(text, static_cast<int>(Qt::AlignHCenter | Qt::AlignTop),
            fontMetrics().elidedText(sample.className, Qt::ElideRight, text.width() - 4));
    }
}

} // namespace augury
