// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"
#include "app/cli/values.h"
#include "core/augment/policy_json.h"
#include "core/augment/presets.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace augury::cli {

namespace {

constexpr const char* augmentGroup = "Augmentation (without any: the tutorial's horizontal flip)";
constexpr const char* policyGroup = "Augmentation by name or from a file";

/// LOW,HIGH, or one number that `ofOne` makes a range of.
struct RangeKind {
    const char* name;
    double low;
    double high;
    Range (*ofOne)(double);
    const char* oneMeans;
};

Range aroundOne(double z)
{
    return {1 - z, 1 + z};
}

const RangeKind zoomKind{"--zoom-range", 0.01, 100, aroundOne, "Z, which means 1−Z,1+Z"};
const RangeKind brightnessKind{"--brightness-range", 0, 100, aroundOne, "Z, which means 1−Z,1+Z"};
const RangeKind contrastKind{"--contrast-range", 0, 100, aroundOne, "Z, which means 1−Z,1+Z"};
const RangeKind cropKind{"--crop-fraction", 0.01, 1,
    [](double f) {
        return Range{f, f};
    },
    "F, which means F,F"};
const RangeKind blurKind{"--blur-sigma", 0, 50,
    [](double s) {
        return Range{0, s};
    },
    "S, which means 0,S"};

Range parseRange(const RangeKind& kind, const std::string& text)
{
    const auto comma = text.find(',');
    std::optional<Range> range;
    if (comma == std::string::npos) {
        if (const auto one = parseNumber<double>(text); one && *one >= 0)
            range = kind.ofOne(*one);
    } else {
        const auto low = parseNumber<double>(std::string_view(text).substr(0, comma));
        const auto high = parseNumber<double>(std::string_view(text).substr(comma + 1));
        if (low && high)
            range = Range{*low, *high};
    }
    // Written so that NaN is refused.
    if (range && range->low >= kind.low && range->low <= range->high && range->high <= kind.high)
        return *range;
    throw CLI::ValidationError(kind.name,
        fmt::format("\"{}\" is neither LOW,HIGH with {} ≤ LOW ≤ HIGH ≤ {} nor one number {}", text,
            kind.low, kind.high, kind.oneMeans));
}

/// The augmentations that a command line can name one by one.
void addAugmentations(CLI::App& command, AugmentPolicy& flags)
{
    const auto flag = [&](const char* name, bool& target, const char* help) {
        command.add_flag(name, target, help)->group(augmentGroup);
    };
    const auto number = [&](const char* name, double& target, double most, const char* help) {
        addNumber(command, name, target, 0.0, most, help)->group(augmentGroup);
    };
    const auto range = [&](const RangeKind& kind, Range& target, const char* help) {
        addText(
            command, kind.name, "LOW,HIGH",
            [&target, &kind](const std::string& text) { target = parseRange(kind, text); },
            fmt::format("{}; one number: {}", help, kind.oneMeans))
            ->group(augmentGroup);
    };
    flag("--horizontal-flip", flags.horizontalFlip, "mirror left and right, with probability ½");
    flag("--vertical-flip", flags.verticalFlip, "mirror top and bottom, with probability ½");
    flag("--rotate90", flags.rotate90, "0 to 3 quarter turns; square images only");
    number("--rotation-range", flags.rotationRange, 180, "rotate by up to X degrees either way");
    number("--width-shift-range", flags.widthShiftRange, 1,
        "shift left or right by up to this fraction of the width");
    number("--height-shift-range", flags.heightShiftRange, 1,
        "shift up or down by up to this fraction of the height");
    number("--shear-range", flags.shearRange, 89, "lean by up to X degrees either way");
    range(zoomKind, flags.zoomRange, "magnify by LOW to HIGH");
    flag(
        "--zoom-independent-axes", flags.zoomIndependentAxes, "one zoom each for width and height");
    range(cropKind, flags.cropFraction,
        "cut out LOW to HIGH of each side, anywhere, and enlarge it again");
    range(brightnessKind, flags.brightnessRange, "multiply pixels by LOW to HIGH");
    range(contrastKind, flags.contrastRange,
        "multiply the pixels' distance from the image's mean by LOW to HIGH");
    number("--channel-shift-range", flags.channelShiftRange, 255,
        "add up to X grey levels either way to all channels");
    number("--noise-std", flags.noiseStd, 255, "add Gaussian noise of so many grey levels");
    range(blurKind, flags.blurSigma, "Gaussian blur of LOW to HIGH pixels");
    addChoice(command, "--fill-mode", flags.fillMode, fillModeFromString,
        "nearest|constant|reflect|wrap", "what lies outside the image")
        ->group(augmentGroup);
    addNumber(command, "--fill-value", flags.fillValue, 0, 255,
        "grey level outside, with --fill-mode constant")
        ->group(augmentGroup);
}

} // namespace

void addVotingOptions(CLI::App& command, Options& options)
{
    addAugmentations(command, options.flags);
    addPath(command, "--policy", options.policy,
        "a preset (`augury-cli policies` lists them), or a JSON file with these options, as "
        "{\"rotation_range\": 10, …}")
        ->type_name("NAME|FILE")
        ->group(policyGroup);

    addNumber(command, "--copies", options.config.copies, 1, 1000,
        "augmented copies an image; a preset brings its own number")
        ->group(votingGroup);
    addVoteOptions(command, options.config.vote,
        " (the learned ones need a policy of fixed views, and a model trained with "
        "--validation-fraction to fit their weights on)");
}

void addVoteOptions(CLI::App& command, VoteOptions& vote, const std::string& learned)
{
    addChoice(command, "--vote", vote.rule, voteRuleFromString, "RULE",
        "how the copies' predictions are merged: " + voteRuleNames() + learned)
        ->group(votingGroup);
    command.add_flag("--include-original", vote.includeOriginal, "the untouched image votes too")
        ->group(votingGroup);
    addNumber(command, "--blend", vote.blend, 0.0, 1.0,
        "score = (1 − X) · the copies' + X · the untouched image's; fastai takes 0.25")
        ->group(votingGroup);
    addVoteNumbers(command, vote);
}

void addVoteNumbers(CLI::App& command, VoteOptions& vote)
{
    addNumber(command, "--temperature", vote.temperature, 0.05, 20.0, "of sharpened_mean")
        ->group(votingGroup);
    addNumber(command, "--gamma", vote.gamma, 0.0, 50.0, "power of confidence_weighted")
        ->group(votingGroup);
}

void addEarlyExitOption(CLI::App& command, Options& options, const std::string& help)
{
    auto* const on = command
                         .add_flag_callback(
                             "--exact-early-exit", [&options] { options.earlyExit = true; }, help)
                         ->group(votingGroup);
    auto* const off = command
                          .add_flag_callback(
                              "--no-exact-early-exit", [&options] { options.earlyExit = false; },
                              "predict every variant")
                          ->group(votingGroup);
    off->excludes(on);
}

bool isAugmentation(const CLI::Option& option)
{
    return option.get_group() == augmentGroup || option.get_group() == policyGroup;
}

AugmentPolicy policyNamed(const std::filesystem::path& nameOrFile)
{
    if (const auto* preset = findPreset(nameOrFile.string()))
        return preset->policy;
    std::error_code error;
    if (!nameOrFile.has_extension() && !nameOrFile.has_parent_path()
        && !std::filesystem::exists(nameOrFile, error)) {
        std::vector<std::string> names;
        for (const auto& preset : presets())
            names.push_back(preset.name);
        throw Error(fmt::format("There is no policy \"{}\": name a JSON file or one of {}.",
            nameOrFile.string(), fmt::join(names, ", ")));
    }
    return readPolicyFile(nameOrFile);
}

void settlePolicy(Options& options)
{
    ExperimentConfig& config = options.config;
    // Any augmentation replaces the default as a whole.
    const auto augmentations = options.command->get_options([](const CLI::Option* option) {
        return option->get_group() == augmentGroup && option->count() > 0;
    });
    if (!options.policy.empty() && !augmentations.empty())
        throw Error(fmt::format(
            "--policy and {} exclude each other: put it into a policy file (`augury-cli policies "
            "NAME` prints a preset to begin with).",
            augmentations.front()->get_name()));
    if (!options.policy.empty())
        config.policy = policyNamed(options.policy);
    else if (!augmentations.empty())
        config.policy = options.flags;

    const auto* copies = options.command->get_option_no_throw("--copies");
    if (copies != nullptr && copies->count() == 0) {
        if (const auto* preset = findPreset(options.policy.string()))
            config.copies = preset->copies;
        else if (config.policy.views)
            config.copies = mostCopies(config.policy);
    }
}

} // namespace augury::cli
