// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fake_classifier.h"
#include "tests/support/made_images.h"
#include "ui/session/image_look.h"
#include "ui/session/tally.h"

#include <memory>

namespace augury::test {

inline AugmentPolicy flipsAndTurns()
{
    AugmentPolicy policy;
    policy.horizontalFlip = true;
    policy.rotationRange = 15;
    return policy;
}

/// The votes of a FakeClassifier on all images of `split`.
inline std::shared_ptr<const Evaluation> evaluationOf(Classifier& classifier, const Split& split,
    int copies, std::uint64_t seed = 3, const AugmentPolicy& policy = flipsAndTurns())
{
    auto evaluation = std::make_shared<Evaluation>();
    evaluation->config.policy = policy;
    evaluation->config.copies = copies;
    evaluation->config.training.seed = seed;
    evaluation->split = split;
    evaluation->table = std::make_shared<VoteTable>(
        predictVotes(classifier, split, PredictOptions{policy, copies, seed, 1}));
    return evaluation;
}

inline std::shared_ptr<const Tally> shared(Tally tally)
{
    return std::make_shared<const Tally>(std::move(tally));
}

inline std::shared_ptr<const ImageLook> shared(ImageLook look)
{
    return std::make_shared<const ImageLook>(std::move(look));
}

inline LookRequest lookRequest(const Split& split, std::size_t position, int copies,
    std::uint64_t seed = 3, const AugmentPolicy& policy = flipsAndTurns())
{
    LookRequest request;
    request.image = {SplitKind::Test, position};
    request.split = split;
    request.config.policy = policy;
    request.config.copies = copies;
    request.config.training.seed = seed;
    return request;
}

} // namespace augury::test
