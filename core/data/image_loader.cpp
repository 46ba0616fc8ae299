// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_loader.h"

#include "core/data/image_file.h"
#include "core/data/parallel.h"
#include "core/support/error.h"

#include <fmt/format.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <map>
#include <unistd.h>

namespace augury {

namespace {

constexpr int largestSide = 1024;

/// What one file turned out to be.
struct Facts {
    int height = 0; ///< 0: not decoded
    int width = 0;
    bool colour = false;
};

/// The one shape that suits all images. Of equally common sizes the smallest.
Shape commonShape(const std::vector<Facts>& facts, std::optional<std::pair<int, int>> size)
{
    std::map<std::pair<int, int>, std::size_t> counts;
    bool colour = false;
    for (const Facts& f : facts) {
        if (f.height == 0)
            continue;
        ++counts[{f.height, f.width}];
        colour = colour || f.colour;
    }
    const auto commonest = std::max_element(counts.begin(), counts.end(),
        [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto [height, width] = size ? *size : commonest->first;
    return {colour ? 3 : 1, height, width};
}

void write(const cv::Mat& image, const Shape& shape, std::uint8_t* out)
{
    const cv::Mat sized = resizeImage(image, shape.height, shape.width);
    cv::Mat target(shape.height, shape.width, shape.channels == 3 ? CV_8UC3 : CV_8UC1, out);
    if (shape.channels == 1 && image.channels() == 1)
        sized.copyTo(target);
    else if (shape.channels == 1)
        cv::cvtColor(sized, target, cv::COLOR_BGR2GRAY);
    else
        cv::cvtColor(sized, target, image.channels() == 3 ? cv::COLOR_BGR2RGB : cv::COLOR_GRAY2RGB);
    if (target.data != out)
        throw Error("OpenCV wrote an image beside its place."); // a fault of the program
}

class Loader {
public:
    Loader(const std::vector<LabelledFile>& train, const std::vector<LabelledFile>& test,
        int threads, const Job& job)
        : m_train(train)
        , m_test(test)
        , m_facts(train.size() + test.size())
        , m_threads(threads)
        , m_job(job)
    {
    }

    /// A guess from a few files spread over all. Right for nearly every data set, and then one
    /// pass over the files is enough.
    Shape guess(std::optional<std::pair<int, int>> size)
    {
        constexpr std::size_t samples = 32;
        const std::size_t n = m_facts.size();
        const std::size_t count = std::min(samples, n);
        forEachInParallel(
            count, m_threads, Job{m_job.stop, {}}, "sampling images", [&](std::size_t i) {
                const std::size_t index = i * n / count;
                try {
                    learn(index, decodeImageFile(file(index).path));
                } catch (const Error&) {
                    return; // the pass over all files names the first bad one
                }
            });
        if (std::all_of(m_facts.begin(), m_facts.end(), [](const Facts& f) { return !f.height; }))
            learn(0, decodeImageFile(file(0).path)); // throws: every sample is bad
        return commonShape(m_facts, size);
    }

    Shape decodeAll(const Shape& shape, std::optional<std::pair<int, int>> size)
    {
        reserve(shape);
        forEachInParallel(m_facts.size(), m_threads, m_job, "decoding images", [&](std::size_t i) {
            const cv::Mat image = decodeImageFile(file(i).path);
            learn(i, image);
            if (image.channels() > shape.channels)
                return; // not all grey after all: another pass follows
            ImageSet& set = i < m_train.size() ? m_loaded.train : m_loaded.test;
            const std::size_t at = i < m_train.size() ? i : i - m_train.size();
            write(image, shape, set.pixels.data() + at * shape.size());
        });
        return commonShape(m_facts, size);
    }

    LoadedImages take(const Shape& shape)
    {
        m_loaded.resized = static_cast<std::size_t>(std::count_if(m_facts.begin(), m_facts.end(),
            [&](const Facts& f) { return f.height != shape.height || f.width != shape.width; }));
        for (const auto& [files, set] :
            {std::pair(&m_train, &m_loaded.train), std::pair(&m_test, &m_loaded.test)}) {
            set->labels.reserve(files->size());
            for (const LabelledFile& f : *files)
                set->labels.push_back(f.label);
        }
        return std::move(m_loaded);
    }

private:
    const LabelledFile& file(std::size_t i) const
    {
        return i < m_train.size() ? m_train[i] : m_test[i - m_train.size()];
    }

    void learn(std::size_t i, const cv::Mat& image)
    {
        m_facts[i] = {image.rows, image.cols, image.channels() == 3};
    }

    void reserve(const Shape& shape)
    {
        if (shape.height > largestSide || shape.width > largestSide)
            throw Error(fmt::format("The images in {} are mostly {}×{} pixels (height × width). "
                                    "Choose a size of at most {}×{} to resize them to.",
                file(0).path.parent_path().string(), shape.height, shape.width, largestSide,
                largestSide));
        requireMemoryFor(m_facts.size(), shape);
        m_loaded.train.shape = m_loaded.test.shape = shape;
        m_loaded.train.pixels.assign(m_train.size() * shape.size(), 0);
        m_loaded.test.pixels.assign(m_test.size() * shape.size(), 0);
    }

    const std::vector<LabelledFile>& m_train;
    const std::vector<LabelledFile>& m_test;
    std::vector<Facts> m_facts; ///< train, then test
    int m_threads;
    const Job& m_job;
    LoadedImages m_loaded;
};

} // namespace

LoadedImages loadImages(const std::vector<LabelledFile>& train,
    const std::vector<LabelledFile>& test, std::optional<std::pair<int, int>> size, int threads,
    const Job& job)
{
    if (train.empty() && test.empty())
        return {};
    Loader loader(train, test, threads, job);
    Shape shape = loader.guess(size);
    // A wrong guess costs a second pass with the shape that the first one found.
    for (Shape found = shape;; shape = found) {
        found = loader.decodeAll(shape, size);
        if (found == shape)
            return loader.take(shape);
    }
}

void requireMemoryFor(std::size_t images, const Shape& shape)
{
    const double needed = static_cast<double>(images) * static_cast<double>(shape.size());
    const double installed = static_cast<double>(::sysconf(_SC_PHYS_PAGES))
        * static_cast<double>(::sysconf(_SC_PAGESIZE));
    if (needed > installed)
        throw Error(fmt::format("{} images of {} need {:.1f} GB of memory; this machine has {:.1f} "
                                "GB. Choose fewer images or a smaller size.",
            images, describe(shape), needed / 1e9, installed / 1e9));
}

ImageSet readImage(const std::filesystem::path& path, const std::optional<Shape>& shape)
{
    const cv::Mat image = decodeImageFile(path);
    ImageSet set;
    set.shape = shape ? *shape : Shape{image.channels() == 3 ? 3 : 1, image.rows, image.cols};
    if (set.shape.height > largestSide || set.shape.width > largestSide)
        throw Error(fmt::format("{} is {}×{} pixels (height × width), and images may have up to "
                                "{}×{}. Make it smaller.",
            path.string(), image.rows, image.cols, largestSide, largestSide));
    set.pixels.resize(set.shape.size());
    write(image, set.shape, set.pixels.data());
    set.labels = {-1};
    return set;
}

} // namespace augury
