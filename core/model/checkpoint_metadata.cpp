// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/checkpoint_metadata.h"

#include "core/model/architecture.h"
#include "core/support/json_fields.h"
#include "core/train/train_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace augury {

using nlohmann::json;

namespace {

constexpr const char* formatVersion = "1";

const std::string& text(const json& metadata, const char* key)
{
    const auto found = metadata.find(key);
    if (found == metadata.end() || !found->is_string())
        throw Error(fmt::format("its metadata has no \"{}\"; it was not written by Augury", key));
    return found->get_ref<const std::string&>();
}

json parsed(const json& metadata, const char* key)
{
    auto value = json::parse(text(metadata, key), nullptr, false);
    if (value.is_discarded())
        throw Error(fmt::format("its metadata field \"{}\" is not JSON", key));
    return value;
}

Shape shapeFrom(const json& value)
{
    constexpr int largestSide = 4096;
    const auto side = [](const json& number, int largest) {
        return number.is_number_integer() && number >= 1 && number <= largest;
    };
    if (!value.is_array() || value.size() != 3 || !side(value[0], 4) || !side(value[1], largestSide)
        || !side(value[2], largestSide))
        throw Error("its input_shape is not [channels, height, width]");
    return {value[0].get<int>(), value[1].get<int>(), value[2].get<int>()};
}

std::vector<double> channelValues(const json& object, const char* key, std::size_t channels)
{
    const auto found = object.find(key);
    const bool usable = found != object.end() && found->is_array() && found->size() == channels
        && std::ranges::all_of(*found, [](const json& v) { return v.is_number(); });
    if (!usable)
        throw Error(fmt::format("its normalisation has no {} of {} numbers", key, channels));
    return found->get<std::vector<double>>();
}

Normalisation normalisationFrom(const json& object, std::size_t channels)
{
    if (!object.is_object() || !object.contains("kind") || !object["kind"].is_string())
        throw Error("its normalisation has no kind");
    Normalisation result{normalisationKindFromString(object["kind"].get<std::string>()),
        channelValues(object, "mean", channels), channelValues(object, "std", channels)};
    if (std::ranges::any_of(result.std, [](double s) { return !(s > 0); }))
        throw Error("its normalisation has a std that is not above 0");
    return result;
}

std::vector<std::string> namesFrom(const json& list)
{
    constexpr std::size_t mostClasses = 1 << 20;
    if (!list.is_array() || list.size() < 2 || list.size() > mostClasses
        || !std::ranges::all_of(list, [](const json& name) { return name.is_string(); }))
        throw Error("its class_names is not a list of at least two texts");
    return list.get<std::vector<std::string>>();
}

void readSplit(const json& object, Checkpoint& checkpoint)
{
    JsonFields fields(object, "a split");
    fields.number("validation_fraction", checkpoint.validationFraction);
    fields.integer("split_seed", checkpoint.splitSeed);
    fields.text("data_fingerprint", checkpoint.dataFingerprint);
    if (!(checkpoint.validationFraction >= 0 && checkpoint.validationFraction < 1))
        fields.add("validation_fraction", "must be 0 up to, but not, 1");
    throwIfAny(fields.problems(), "its split");
}

} // namespace

json checkpointMetadata(const Checkpoint& checkpoint)
{
    const auto& shape = checkpoint.inputShape;
    const auto dumped = [](const json& value) {
        return value.dump(-1, ' ', false, json::error_handler_t::replace);
    };
    return {
        {"format", "pt"}, // what PyTorch's tools expect
        {"augury_format", formatVersion},
        {"augury_version", AUGURY_VERSION},
        {"architecture", checkpoint.architecture},
        {"input_shape", dumped(json::array({shape.channels, shape.height, shape.width}))},
        {"class_names", dumped(checkpoint.classNames)},
        {"normalisation",
            dumped({{"kind", toString(checkpoint.normalisation.kind)},
                {"mean", checkpoint.normalisation.mean}, {"std", checkpoint.normalisation.std}})},
        {"training", dumped(toJson(checkpoint.settings))},
        {"history", dumped(toJson(std::span(checkpoint.history)))},
        {"data", checkpoint.dataName},
        {"split",
            dumped({{"validation_fraction", checkpoint.validationFraction},
                {"split_seed", checkpoint.splitSeed},
                {"data_fingerprint", checkpoint.dataFingerprint}})},
    };
}

Checkpoint checkpointFromMetadata(const json& metadata)
{
    if (!metadata.is_object())
        throw Error("it has no __metadata__; it was not written by Augury");
    if (const auto& version = text(metadata, "augury_format"); version != formatVersion)
        throw Error(fmt::format("it has format version {}, and this program reads version {}; "
                                "update Augury",
            version, formatVersion));
    Checkpoint checkpoint;
    checkpoint.architecture = text(metadata, "architecture");
    if (checkpoint.architecture != tutorialCnnName)
        throw Error(fmt::format("its architecture is \"{}\", and this program knows \"{}\"",
            checkpoint.architecture, tutorialCnnName));
    checkpoint.inputShape = shapeFrom(parsed(metadata, "input_shape"));
    checkpoint.classNames = namesFrom(parsed(metadata, "class_names"));
    checkpoint.normalisation = normalisationFrom(parsed(metadata, "normalisation"),
        static_cast<std::size_t>(checkpoint.inputShape.channels));
    const auto training = parsed(metadata, "training");
    JsonFields fields(training, "training settings");
    readTrainSettings(fields, checkpoint.settings);
    throwIfAny(fields.problems(), "its training settings");
    checkpoint.history = historyFromJson(parsed(metadata, "history"), "its history");
    checkpoint.dataName = text(metadata, "data");
    if (metadata.contains("split")) // not in the first versions' files
        readSplit(parsed(metadata, "split"), checkpoint);
    requireTutorialCnnFits(checkpoint.inputShape, static_cast<int>(checkpoint.classNames.size()));
    return checkpoint;
}

} // namespace augury
