// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tune/greedy_search.h"

#include <algorithm>
#include <set>

namespace augury {

namespace {

/// What is on, each once.
class Collector {
public:
    explicit Collector(const Shape& shape)
        : m_shape(shape)
    {
        add({});
    }

    void add(const Transform& view)
    {
        if (view.quarterTurn && m_shape.height != m_shape.width)
            return;
        if (m_known.insert(view).second)
            m_views.push_back(view);
    }

    /// The neutral transform with fields set by `change`.
    template <typename F> void with(const F& change)
    {
        Transform view;
        change(view);
        add(view);
    }

    std::vector<Transform> take() { return std::move(m_views); }

private:
    Shape m_shape;
    std::set<Transform> m_known;
    std::vector<Transform> m_views;
};

void addMoves(Collector& views, const ViewPool& pool)
{
    if (pool.flips)
        views.with([](Transform& view) { view.horizontalFlip = true; });
    if (pool.verticalFlips)
        views.with([](Transform& view) { view.verticalFlip = true; });
    for (int quarters = 1; pool.quarterTurns && quarters <= 3; ++quarters)
        views.with([&](Transform& view) { view.turn(quarters); });
}

/// By whole pixels to the eight sides.
void addShifts(Collector& views, const Shape& shape)
{
    for (const int pixels : {1, 2})
        for (const int down : {-1, 0, 1})
            for (const int right : {-1, 0, 1})
                views.with([&](Transform& view) {
                    view.shiftX = static_cast<double>(right * pixels) / shape.width;
                    view.shiftY = static_cast<double>(down * pixels) / shape.height;
                });
}

void addWarps(Collector& views, const ViewPool& pool, const Shape& shape)
{
    if (pool.shifts)
        addShifts(views, shape);
    if (pool.rotations)
        for (const double degrees : {5, 10, 15})
            for (const double sign : {1, -1})
                views.with([&](Transform& view) { view.rotation = sign * degrees; });
    if (pool.zooms)
        for (const double factor : {0.9, 0.95, 1.05, 1.1, 1.2})
            views.with([&](Transform& view) { view.zoomX = view.zoomY = factor; });
    if (pool.crops) {
        const ViewSets crops{.crops = CropViews::Five, .cropFraction = 0.875};
        for (int i = 0; i < crops.count(); ++i)
            views.add(crops.view(i));
    }
}

void addLooks(Collector& views, const ViewPool& pool)
{
    if (pool.brightness) {
        for (const double factor : {0.8, 0.9, 1.1, 1.2})
            views.with([&](Transform& view) { view.brightness = factor; });
        for (const double factor : {0.8, 0.9, 1.1, 1.2})
            views.with([&](Transform& view) { view.contrast = factor; });
    }
    if (pool.blur)
        for (const double sigma : {0.5, 1.0})
            views.with([&](Transform& view) { view.blurSigma = sigma; });
}

} // namespace

std::vector<Transform> poolViews(const ViewPool& pool, const Shape& shape, std::uint64_t seed)
{
    if (pool.random > 0 && pool.policy.noiseStd > 0)
        throw Error("The pool's random views cannot have noise, which would be the same on every "
                    "image: set noise_std to 0.");
    Collector views(shape);
    addMoves(views, pool);
    addWarps(views, pool, shape);
    addLooks(views, pool);
    // Draws of one image and this seed: the same for every image.
    const int random = std::min(pool.random, mostCopies(pool.policy));
    for (int copy = 1; copy <= random; ++copy)
        views.add(draw(pool.policy, seed, 0, static_cast<std::uint32_t>(copy)));
    return views.take();
}

} // namespace augury
