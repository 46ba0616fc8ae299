// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"
#include "core/tune/configuration.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace augury {

/// How configurations are looked for.
enum class TuneMethod : std::uint8_t {
    Copies, ///< every number of copies of several policies, from one set of passes each
    Sweep, ///< a grid of policies, copies, rules and blends
    Greedy, ///< a list of views, grown one by one (GPS)
    Weights, ///< learned weights against the mean
    Sensitivity, ///< one field of a policy from off to strong
};
inline constexpr int tuneMethods = 5;
const char* toString(TuneMethod method); ///< "copies", "sweep", "greedy", "weights", "sensitivity"
TuneMethod tuneMethodFromString(const std::string& text); ///< throws Error naming them

/// A field of the policies and the strengths it takes; see policy_field.h.
struct FieldRange {
    std::string field;
    std::vector<double> strengths;
    bool operator==(const FieldRange&) const = default;
};

/// How the original takes part.
struct OriginalPart {
    bool included = false; ///< as one more view
    double blend = 0; ///< β; 0 where it is included
    bool operator==(const OriginalPart&) const = default;
};

/// What the greedy search chooses from: the original, and of each kind that is on the enumerated
/// transforms; beside them `random` ones drawn from `policy`. Each is the same for every image.
struct ViewPool {
    bool flips = true; ///< horizontal
    bool verticalFlips = false;
    bool quarterTurns = false;
    bool shifts = true; ///< 1 and 2 px to the eight sides
    bool rotations = true; ///< ±5, ±10, ±15°
    bool zooms = true; ///< 0.9, 0.95, 1.05, 1.1, 1.2
    bool crops = true; ///< the five crops of 87.5 %
    bool brightness = true; ///< brightness and contrast 0.8, 0.9, 1.1, 1.2
    bool blur = false; ///< σ 0.5, 1 px
    int random = 50; ///< 0…500
    AugmentPolicy policy; ///< of the random ones; without noise

    bool operator==(const ViewPool&) const = default;
};

/// What to try, on which images. Defaults are sensible for each method.
struct TuneSpec {
    TuneMethod method = TuneMethod::Copies;
    std::size_t images = 0; ///< of the validation images; 0: all
    std::uint64_t seed = 1; ///< of the draws, and of the order of the images

    /// Copies, Sweep, Weights: the policies (Weights: of fixed views). Sensitivity: the one whose
    /// field is swept.
    std::vector<AugmentPolicy> policies;
    /// Copies, Weights, Sensitivity: how the votes are merged (Weights: whether the original
    /// votes). Sweep: temperature and γ of the rules that have one.
    VoteOptions vote;
    /// Copies: up to how many; Sensitivity: how many; Weights: the first of the views, 0: all.
    int copies = 20;

    // Sweep
    std::vector<FieldRange> fields; ///< their strengths, each with each, on top of every policy
    std::vector<int> copyCounts = {7}; ///< of a fixed list of views at most all of them, once
    std::vector<VoteRule> rules = {VoteRule::Mean}; ///< none that is learned
    std::vector<OriginalPart> originals = {{}};
    bool halving = true; ///< successive halving: all on some images, the better half on more
    int halvingStart = 500; ///< images of the first round, 50 or more

    // Greedy
    ViewPool pool;
    int steps = 20; ///< 1…100

    // Sensitivity
    FieldRange swept;

    bool operator==(const TuneSpec&) const = default;
    /// Fields as in JSON ("copies", "sweep.rules" …); empty when it can be run.
    std::vector<Problem> validate() const;
};

/// The tutorial's question, as a start for each method: presets for Copies and Sweep, rotation for
/// Sensitivity.
TuneSpec defaultSpec(TuneMethod method);

/// One axis of what is tried: a trial has a place on each.
struct TuneAxis {
    std::string
        name; ///< "policy", "copies", "vote", "original", a field's label, "step", "weights"
    std::vector<std::string> labels; ///< in words, one a place
    std::vector<double> values = {}; ///< in the unit, where it is a number; else empty
    std::string unit = {};
};
std::vector<TuneAxis> axesOf(const TuneSpec& spec);

/// How many configurations the method will have looked at when it is through: the trials, but for
/// the greedy search, which looks at every view of the pool (of square images) at every step.
std::int64_t configurationsOf(const TuneSpec& spec);

/// Passes that it takes at most, the originals' included, on so many images.
std::int64_t mostPassesOf(const TuneSpec& spec, std::size_t images);

} // namespace augury
