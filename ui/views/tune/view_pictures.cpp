// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/view_pictures.h"

#include "core/support/error.h"
#include "ui/session/images.h"
#include "ui/views/tune/tune_shown.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace augury {

namespace {

constexpr std::uint32_t s_candidates = 12; ///< copies that are looked through

std::vector<std::uint8_t> pixels(const ImageView& image, const Transform& view)
{
    std::vector<std::uint8_t> out(image.shape.size());
    render(image, view, out);
    return out;
}

std::int64_t difference(const ImageView& image, const std::vector<std::uint8_t>& other)
{
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < other.size(); ++i)
        sum += std::abs(int(image.pixels[i]) - int(other[i]));
    return sum;
}

/// Which copy of the image the policy changes most.
std::uint32_t boldestCopy(
    const AugmentPolicy& policy, std::uint64_t seed, const Split& split, std::size_t place)
{
    const auto image = split.image(place);
    std::uint32_t boldest = 1;
    std::int64_t most = -1;
    for (std::uint32_t copy = 1; copy <= s_candidates; ++copy) {
        const auto changed =
            difference(image, pixels(image, draw(policy, seed, split.indices[place], copy)));
        if (changed > most) {
            most = changed;
            boldest = copy;
        }
    }
    return boldest;
}

} // namespace

QImage viewPicture(const Split& split, std::size_t place, const Transform& view)
{
    if (!split.images || place >= split.size())
        return {};
    try {
        const auto image = split.image(place);
        const auto shown = pixels(image, view);
        return toImage({image.shape, shown});
    } catch (const Error&) { // a quarter turn of an image that is not square
        return {};
    }
}

std::vector<Transform> viewsOf(const AugmentPolicy& policy, int copies)
{
    std::vector<Transform> views;
    if (policy.views) {
        const int count = std::min(copies, policy.views->count());
        for (int i = 0; i < count; ++i)
            views.push_back(policy.views->view(i));
    }
    return views;
}

std::vector<TuneCurve::Thumbnail> strengthThumbnails(
    const TuneShown& shown, const TuneCurve& curve, std::size_t most)
{
    std::vector<TuneCurve::Thumbnail> found;
    if (!shown.hasPictures() || curve.series.empty() || curve.series.front().points.empty())
        return found;
    const auto& points = curve.series.front().points;
    const auto policyOf = [&](const TunePoint& point) -> const AugmentPolicy* {
        const auto trial = std::ranges::find(shown.trials, point.trial, &Trial::index);
        return trial == shown.trials.end() ? nullptr : &trial->configuration.policy;
    };
    const auto* strongest = policyOf(points.back());
    if (!strongest)
        return found;
    try {
        const auto seed = shown.run.spec.seed;
        const auto copy = boldestCopy(*strongest, seed, shown.pictures, shown.picture);
        const auto image = shown.pictures.indices[shown.picture];
        const std::size_t count = std::min(most, points.size());
        for (std::size_t i = 0; i < count; ++i) {
            const auto& point = points[count == 1 ? 0 : i * (points.size() - 1) / (count - 1)];
            if (const auto* policy = policyOf(point))
                found.push_back({point.x,
                    viewPicture(shown.pictures, shown.picture, draw(*policy, seed, image, copy))});
        }
    } catch (const Error&) {
        return {};
    }
    return found;
}

PictureStepper::PictureStepper(QWidget* parent)
    : QWidget(parent)
    , m_before(new QToolButton(this))
    , m_text(new QLabel(this))
    , m_after(new QToolButton(this))
{
    m_before->setArrowType(Qt::LeftArrow);
    m_before->setAccessibleName(tr("The image before"));
    m_before->setToolTip(tr("Show the views on the image before"));
    m_after->setArrowType(Qt::RightArrow);
    m_after->setAccessibleName(tr("The next image"));
    m_after->setToolTip(tr("Show the views on the next image"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    for (auto* button : {m_before, m_after}) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setAutoRepeat(true);
    }
    row->addWidget(m_before);
    row->addWidget(m_text);
    row->addWidget(m_after);
    connect(m_before, &QToolButton::clicked, this, [this] { Q_EMIT stepped(-1); });
    connect(m_after, &QToolButton::clicked, this, [this] { Q_EMIT stepped(1); });
    hide();
}

void PictureStepper::setPlace(std::size_t place, std::size_t count)
{
    const QLocale locale;
    setVisible(count > 0);
    m_text->setText(tr("shown on validation image %1 of %2")
                        .arg(locale.toString(static_cast<qulonglong>(place + 1)),
                            locale.toString(static_cast<qulonglong>(count))));
}

QString PictureStepper::text() const
{
    return m_text->text();
}

} // namespace augury
