// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"
#include "ui/session/worker.h"

#include <QCache>
#include <QImage>
#include <QObject>
#include <QTimer>

#include <cstdint>
#include <vector>

namespace augury {

/// Small pictures of a split's images, made on a worker when somebody asks, the latest asked for
/// first, and kept up to a number of bytes. Lives on the window's thread.
class Thumbnails : public QObject {
    Q_OBJECT

public:
    explicit Thumbnails(Worker& worker, QObject* parent = nullptr);

    void setSplit(const Split& split); ///< forgets the pictures of another one
    /// The longer side of a picture in device pixels; other sizes are forgotten. Large images are
    /// smoothed. Small ones are enlarged to this side: at a whole factor they keep their pixels,
    /// and at another one only what lies on the edge between two pixels is a mixture of them.
    void setSide(int pixels);
    int side() const { return m_side; }
    /// 64 MB at first. Must hold what is shown at one time.
    void setBudget(int bytes) { m_cache.setMaxCost(bytes); }

    /// The picture, or a null image: then it is on its way, and ready() tells when it is there. Of
    /// more than 1000 that are wanted the oldest are forgotten, until they are asked for again.
    QImage picture(std::size_t position);

Q_SIGNALS:
    void ready(const std::vector<std::uint32_t>& positions);

private:
    struct Batch;

    void forget(); ///< pictures and wishes, when split or side is another
    void startJob();
    void take(const Batch& batch);
    void dropWanted(const std::vector<std::uint32_t>& positions);

    Worker& m_worker;
    Split m_split;
    int m_side = 56;
    QCache<std::uint32_t, QImage> m_cache;
    std::vector<std::uint32_t> m_wanted; ///< the latest last; kept until they are made
    bool m_running = false;
    quint64 m_serial = 0; ///< of split and side: what comes for an older one is dropped
    QTimer m_startSoon;
};

} // namespace augury
