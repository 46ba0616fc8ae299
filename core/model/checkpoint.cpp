// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/checkpoint.h"

#include "core/model/architecture.h"
#include "core/model/checkpoint_metadata.h"
#include "core/support/atomic_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <limits>
#include <optional>
#include <system_error>

namespace augury {

static_assert(std::endian::native == std::endian::little, "safetensors files are little-endian");

using nlohmann::json;

namespace {

constexpr std::uint64_t largestHeader = 100'000'000; // the format's own limit

const char* dtypeOf(const NamedTensor& tensor)
{
    return std::holds_alternative<std::vector<float>>(tensor.values) ? "F32" : "I64";
}

std::string_view bytesOf(const NamedTensor& tensor)
{
    return std::visit(
        [](const auto& values) {
            return std::string_view(
                reinterpret_cast<const char*>(values.data()), values.size() * sizeof(values[0]));
        },
        tensor.values);
}

std::string readWholeFile(const std::filesystem::path& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        throw Error("it is a folder");
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        throw Error(error.message());
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw Error(std::generic_category().message(errno));
    std::string bytes(static_cast<std::size_t>(size), '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(size));
    if (file.gcount() != static_cast<std::streamsize>(size))
        throw Error("reading stopped early");
    return bytes;
}

/// One entry of the header, checked against the data's size.
struct Entry {
    std::string name;
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::uint64_t begin;
    std::uint64_t end;
};

bool isCount(const json& value)
{
    return value.is_number_unsigned()
        && value.get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max());
}

Entry entryFrom(const std::string& name, const json& value, std::uint64_t dataSize)
{
    const auto fail = [&](const std::string& what) {
        return Error(fmt::format("its tensor \"{}\" {}", name, what));
    };
    const bool complete = value.is_object() && value.contains("dtype") && value["dtype"].is_string()
        && value.contains("shape") && value["shape"].is_array()
        && std::ranges::all_of(value["shape"], isCount) && value.contains("data_offsets")
        && value["data_offsets"].is_array() && value["data_offsets"].size() == 2
        && std::ranges::all_of(value["data_offsets"], isCount);
    if (!complete)
        throw fail("has no valid dtype, shape and data_offsets");
    Entry entry{name, value["dtype"].get<std::string>(),
        value["shape"].get<std::vector<std::int64_t>>(),
        value["data_offsets"][0].get<std::uint64_t>(),
        value["data_offsets"][1].get<std::uint64_t>()};
    if (entry.dtype != "F32" && entry.dtype != "I64")
        throw fail(fmt::format("has dtype {}, not F32 or I64", entry.dtype));
    if (entry.begin > entry.end || entry.end > dataSize)
        throw fail(fmt::format("lies at bytes {} to {} of {} (truncated or damaged?)", entry.begin,
            entry.end, dataSize));
    std::uint64_t bytes = entry.dtype == "F32" ? 4 : 8;
    for (const auto side : entry.shape) {
        if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(side), &bytes))
            throw fail("has an impossibly large shape");
    }
    if (bytes != entry.end - entry.begin)
        throw fail(
            fmt::format("has {} bytes where its shape needs {}", entry.end - entry.begin, bytes));
    return entry;
}

/// Entries must cover the data exactly: no overlap and no hole.
void requireContiguous(std::vector<Entry> entries, std::uint64_t dataSize)
{
    std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::uint64_t position = 0;
    for (const auto& entry : entries) {
        if (entry.begin != position)
            throw Error(fmt::format("its tensor \"{}\" {}", entry.name,
                entry.begin < position ? "overlaps another" : "leaves a hole before it"));
        position = entry.end;
    }
    if (position != dataSize)
        throw Error(fmt::format("{} bytes at its end belong to no tensor", dataSize - position));
}

template <class Value> std::vector<Value> valuesFrom(std::string_view bytes)
{
    std::vector<Value> values(bytes.size() / sizeof(Value));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

NamedTensor tensorFrom(const Entry& entry, std::string_view data)
{
    const auto bytes = data.substr(entry.begin, entry.end - entry.begin);
    if (entry.dtype == "I64")
        return {entry.name, entry.shape, valuesFrom<std::int64_t>(bytes)};
    return {entry.name, entry.shape, valuesFrom<float>(bytes)};
}

std::string shapeText(const std::vector<std::int64_t>& shape)
{
    return fmt::format("[{}]", fmt::join(shape, ", "));
}

/// Exactly the architecture's tensors, with its shapes and dtypes, all finite.
void requireArchitecture(const Checkpoint& checkpoint)
{
    const auto specs =
        tutorialCnnTensors(checkpoint.inputShape, static_cast<int>(checkpoint.classNames.size()));
    for (const auto& spec : specs) {
        const auto& tensor = checkpoint.tensor(spec.name);
        const auto* floats = std::get_if<std::vector<float>>(&tensor.values);
        if (tensor.shape != spec.shape)
            throw Error(fmt::format("its tensor \"{}\" has shape {} where {} is needed", spec.name,
                shapeText(tensor.shape), shapeText(spec.shape)));
        if ((floats == nullptr) != (spec.role == TensorRole::Counter))
            throw Error(fmt::format("its tensor \"{}\" has the wrong dtype", spec.name));
        if (floats && !std::ranges::all_of(*floats, [](float v) { return std::isfinite(v); }))
            throw Error(
                fmt::format("its tensor \"{}\" holds values that are not numbers", spec.name));
    }
    for (const auto& tensor : checkpoint.tensors) {
        if (std::ranges::find(specs, tensor.name, &TensorSpec::name) == specs.end())
            throw Error(fmt::format(
                "it has a tensor \"{}\" that its architecture does not know", tensor.name));
    }
}

Checkpoint parse(std::string_view file)
{
    std::uint64_t headerSize = 0;
    if (file.size() < sizeof headerSize)
        throw Error(fmt::format("it has only {} bytes", file.size()));
    std::memcpy(&headerSize, file.data(), sizeof headerSize);
    if (headerSize > largestHeader || headerSize > file.size() - sizeof headerSize)
        throw Error(
            fmt::format("it is not a safetensors file, or is truncated (its header claims {} "
                        "of {} bytes)",
                headerSize, file.size()));
    const auto headerText = file.substr(sizeof headerSize, headerSize);
    const auto data = file.substr(sizeof headerSize + headerSize);
    const auto header = json::parse(headerText.begin(), headerText.end(), nullptr, false);
    if (!header.is_object())
        throw Error("its header is not JSON (not a safetensors file, or damaged)");

    const auto metadata = header.find("__metadata__");
    auto checkpoint = checkpointFromMetadata(metadata == header.end() ? json(nullptr) : *metadata);
    std::vector<Entry> entries;
    for (const auto& [name, value] : header.items()) {
        if (name != "__metadata__")
            entries.push_back(entryFrom(name, value, data.size()));
    }
    requireContiguous(entries, data.size());
    for (const auto& entry : entries)
        checkpoint.tensors.push_back(tensorFrom(entry, data));
    requireArchitecture(checkpoint);
    return checkpoint;
}

Error notLoaded(const std::string& name, const Error& error)
{
    return Error(fmt::format("Could not load the model {}: {}.", name, error.what()));
}

} // namespace

const NamedTensor& Checkpoint::tensor(const std::string& name) const
{
    const auto found = std::ranges::find(tensors, name, &NamedTensor::name);
    if (found == tensors.end())
        throw Error(fmt::format("its tensor \"{}\" is missing", name));
    return *found;
}

void saveCheckpoint(const Checkpoint& checkpoint, const std::filesystem::path& path)
{
    json header;
    header["__metadata__"] = checkpointMetadata(checkpoint);
    std::uint64_t position = 0;
    for (const auto& tensor : checkpoint.tensors) {
        const std::uint64_t size = bytesOf(tensor).size();
        header[tensor.name] = {{"dtype", dtypeOf(tensor)}, {"shape", tensor.shape},
            {"data_offsets", {position, position + size}}};
        position += size;
    }
    auto text = header.dump(-1, ' ', false, json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' '); // aligns the data
    const std::uint64_t headerSize = text.size();

    std::vector<std::string_view> parts{
        {reinterpret_cast<const char*>(&headerSize), sizeof headerSize}, text};
    for (const auto& tensor : checkpoint.tensors)
        parts.push_back(bytesOf(tensor));
    writeFileAtomically(path, parts);
}

Checkpoint loadCheckpoint(const std::filesystem::path& path)
{
    try {
        return parse(readWholeFile(path));
    } catch (const Error& error) {
        throw notLoaded(path.string(), error);
    }
}

Checkpoint parseCheckpoint(std::string bytes, const std::string& name)
{
    try {
        return parse(bytes);
    } catch (const Error& error) {
        throw notLoaded(name, error);
    }
}

} // namespace augury
