// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace augury {

struct Shape {
    int channels = 0; ///< 1 (grey) or 3 (RGB, in this order)
    int height = 0;
    int width = 0;

    std::size_t size() const
    {
        return static_cast<std::size_t>(channels) * static_cast<std::size_t>(height)
            * static_cast<std::size_t>(width);
    }
    bool operator==(const Shape&) const = default;
};

/// "3×32×32", as PyTorch orders it.
std::string describe(const Shape& shape);

/// One image's bytes: rows of pixels, channels interleaved (height × width × channels).
/// A view; the owner must outlive it.
struct ImageView {
    Shape shape;
    std::span<const std::uint8_t> pixels; ///< shape.size() bytes
};

/// Labelled images as bytes, never float. Logically uint8 [N,C,H,W]; in memory each image is
/// H×W×C (PyTorch's channels_last), which is what OpenCV and the network both want.
struct ImageSet {
    Shape shape;
    std::vector<std::uint8_t> pixels; ///< size() × shape.size() bytes
    std::vector<std::int32_t> labels; ///< 0…K−1, one an image; −1: unlabelled

    std::size_t size() const { return labels.size(); }
    ImageView image(std::size_t i) const
    {
        return {shape, std::span(pixels).subspan(i * shape.size(), shape.size())};
    }
};

/// A choice of images out of an ImageSet, in a fixed order. Cheap to copy. An image keeps its index
/// in the ImageSet, which is also its index for augmentation draws: a subset sees the same variants
/// as the whole.
struct Split {
    std::shared_ptr<const ImageSet> images;
    std::vector<std::uint32_t> indices; ///< into *images

    std::size_t size() const { return indices.size(); }
    ImageView image(std::size_t i) const { return images->image(indices[i]); }
    std::int32_t label(std::size_t i) const { return images->labels[indices[i]]; }
    bool operator==(const Split&) const = default; ///< the same images of the same set
};

/// What openDataset() read. train and test have one shape; test is never empty; train may be.
struct Dataset {
    std::string name; ///< for people: "Fashion-MNIST", or the folder's name
    std::string format; ///< "IDX", "CIFAR-10 binary", "CIFAR-100 binary", "image folder"
    std::vector<std::string> classNames; ///< K names
    std::shared_ptr<const ImageSet> train;
    std::shared_ptr<const ImageSet> test;
    std::vector<std::string> notes; ///< what a user should know: "images resized to 32×32"

    Shape shape() const { return test->shape; }
    int classes() const { return static_cast<int>(classNames.size()); }
};

} // namespace augury
