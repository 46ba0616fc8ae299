// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/thumbnails.h"

#include "ui/session/images.h"

#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>
#include <memory>

namespace augury {

namespace {

constexpr std::size_t s_atOnce = 64; ///< pictures a job
constexpr qint64 s_jobTime = 20; ///< ms a job: the worker has more urgent things to do in between
constexpr std::size_t s_mostWanted = 1000;
constexpr int s_budget = 64 << 20;

QImage shrunkOrEnlarged(const ImageView& view, int side)
{
    const auto image = toImage(view).convertToFormat(QImage::Format_RGB32); // the fastest to paint
    const int longer = std::max(image.width(), image.height());
    if (longer > side)
        return image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    if (longer == side || image.isNull())
        return image;
    // The next whole factor, and smoothly down from it: evenly large pixels with sharp edges.
    const int factor = (side + longer - 1) / longer;
    const QImage enlarged = image.scaled(image.size() * factor);
    if (longer * factor == side)
        return enlarged;
    const QSize size = enlarged.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    return enlarged.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

struct Thumbnails::Batch {
    quint64 serial = 0;
    std::vector<std::uint32_t> positions;
    std::vector<QImage> pictures; ///< of the first positions, as far as the time went
};

Thumbnails::Thumbnails(Worker& worker, QObject* parent)
    : QObject(parent)
    , m_worker(worker)
    , m_cache(s_budget)
{
    m_startSoon.setSingleShot(true);
    m_startSoon.setInterval(0);
    connect(&m_startSoon, &QTimer::timeout, this, &Thumbnails::startJob);
}

void Thumbnails::setSplit(const Split& split)
{
    if (split.images == m_split.images && split.indices == m_split.indices)
        return;
    m_split = split;
    forget();
}

void Thumbnails::setSide(int pixels)
{
    pixels = std::max(pixels, 1);
    if (pixels == m_side)
        return;
    m_side = pixels;
    forget();
}

void Thumbnails::forget()
{
    ++m_serial;
    m_cache.clear();
    m_wanted.clear();
}

QImage Thumbnails::picture(std::size_t position)
{
    if (position >= m_split.size())
        return {};
    const auto key = static_cast<std::uint32_t>(position);
    if (const auto* image = m_cache.object(key))
        return *image;
    const auto known = std::find(m_wanted.rbegin(), m_wanted.rend(), key);
    if (known != m_wanted.rend())
        m_wanted.erase(std::next(known).base());
    else if (m_wanted.size() == s_mostWanted)
        m_wanted.erase(m_wanted.begin());
    m_wanted.push_back(key);
    if (!m_running && !m_startSoon.isActive())
        m_startSoon.start(); // when all that is being painted has asked
    return {};
}

void Thumbnails::startJob()
{
    if (m_running || m_wanted.empty())
        return;
    m_running = true;
    const auto batch = std::make_shared<Batch>();
    batch->serial = m_serial;
    const auto count = std::min(s_atOnce, m_wanted.size());
    batch->positions.assign(
        m_wanted.rbegin(), m_wanted.rbegin() + static_cast<std::ptrdiff_t>(count));

    const QPointer<Thumbnails> self(this);
    JobRequest request;
    request.name = tr("Small pictures");
    request.work = [self, batch, split = m_split, side = m_side](
                       JobContext& job) -> std::function<void()> {
        QElapsedTimer timer;
        timer.start();
        for (const auto position : batch->positions) {
            batch->pictures.push_back(shrunkOrEnlarged(split.image(position), side));
            if (job.stop().stop_requested() || timer.elapsed() >= s_jobTime)
                break;
        }
        return [self, batch] {
            if (self)
                self->take(*batch);
        };
    };
    request.ended = [self, batch](JobEnd end, const QString&) {
        if (!self)
            return;
        self->m_running = false;
        // What was stopped is made later; what cannot be made is not tried for ever.
        if (end == JobEnd::Failed && batch->serial == self->m_serial)
            self->dropWanted(batch->positions);
        if (!self->m_wanted.empty())
            self->m_startSoon.start();
    };
    m_worker.start(std::move(request));
}

void Thumbnails::take(const Batch& batch)
{
    if (batch.serial != m_serial)
        return;
    std::vector<std::uint32_t> made(batch.positions.begin(),
        batch.positions.begin() + static_cast<std::ptrdiff_t>(batch.pictures.size()));
    dropWanted(made);
    for (std::size_t i = 0; i < made.size(); ++i)
        m_cache.insert(made[i], new QImage(batch.pictures[i]), batch.pictures[i].sizeInBytes());
    Q_EMIT ready(made);
}

void Thumbnails::dropWanted(const std::vector<std::uint32_t>& positions)
{
    std::erase_if(m_wanted, [&](std::uint32_t position) {
        return std::ranges::find(positions, position) != positions.end();
    });
}

} // namespace augury
