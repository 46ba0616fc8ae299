// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/model_fingerprint.h"

#include "core/support/hash.h"

#include <fmt/format.h>

namespace augury {

namespace {

void addShape(Hash& hash, const Shape& shape)
{
    for (const int side : {shape.channels, shape.height, shape.width})
        hash.add(static_cast<std::uint64_t>(side));
}

template <class Value> void addValues(Hash& hash, const std::vector<Value>& values)
{
    hash.add(static_cast<std::uint64_t>(values.size()));
    hash.add(values.data(), values.size() * sizeof(Value));
}

} // namespace

std::string modelFingerprint(const Checkpoint& checkpoint)
{
    Hash hash;
    hash.add(std::string_view(checkpoint.architecture));
    addShape(hash, checkpoint.inputShape);
    hash.add(static_cast<std::uint64_t>(checkpoint.classNames.size()));
    for (const auto& name : checkpoint.classNames)
        hash.add(std::string_view(name));
    // Other pixels in are another network.
    addValues(hash, checkpoint.normalisation.mean);
    addValues(hash, checkpoint.normalisation.std);
    for (const auto& tensor : checkpoint.tensors) {
        hash.add(std::string_view(tensor.name));
        addValues(hash, tensor.shape);
        std::visit([&](const auto& values) { addValues(hash, values); }, tensor.values);
    }
    return fmt::format("{:016x}", hash.value());
}

} // namespace augury
