// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/results.h"
#include "app/cli/values.h"
#include "core/data/image_loader.h"
#include "core/model/classifier.h"
#include "core/tta/contact_sheet.h"
#include "core/tta/sentence.h"

#include <fmt/format.h>

namespace augury::cli {

namespace {

struct PreviewOptions : Options {
    std::string image;
    std::filesystem::path out;
};

/// What is looked at: one image of a split, and what is known of it.
struct Chosen {
    Split split; ///< of one image
    std::string name;
    std::vector<std::string> classNames;
};

Chosen fileChosen(const PreviewOptions& options, const std::optional<Checkpoint>& model)
{
    const std::filesystem::path path = options.image;
    auto set = std::make_shared<ImageSet>(
        readImage(path, model ? std::optional(model->inputShape) : std::nullopt));
    return {{set, {0}}, path.filename().string(),
        model ? model->classNames : std::vector<std::string>()};
}

Chosen testImageChosen(const PreviewOptions& options, const std::optional<Checkpoint>& model,
    std::uint32_t index, Console& console, std::stop_token stop)
{
    const Dataset dataset = openData(options, console, std::move(stop));
    if (model)
        requireSameKind(*model, options.model.string(), dataset, options.config.dataPath);
    if (index >= dataset.test->size())
        throw Error(fmt::format("--image {}: {} has {} test images, 0 to {}.", index, dataset.name,
            dataset.test->size(), dataset.test->size() - 1));
    return {{dataset.test, {index}}, fmt::format("{}, test image {}", dataset.name, index),
        dataset.classNames};
}

ExitCode runPreviewCommand(PreviewOptions& options)
{
    if (options.image.empty())
        throw Error("--image is required: the number of a test image, or an image file.");
    if (options.out.empty())
        throw Error("--out is required: the .png file to write.");
    settle(options);
    requireWritable(options.out, "--out", {".png"});
    if (isLearned(options.config.vote.rule) && options.config.vote.weights.empty())
        throw Error(fmt::format(
            "--vote {} needs weights, which `evaluate` fits on a whole validation split: preview "
            "one image by another rule.",
            toString(options.config.vote.rule)));
    const ExperimentConfig& config = options.config;
    std::optional<Checkpoint> model;
    if (!options.model.empty()) {
        model = loadCheckpoint(options.model);
        takeSplitsOf(*model, options);
    }
    const Plotter plotter(options.out, Plotter::Picture::ContactSheet);
    Console console;
    const Interrupt interrupt;

    const auto index = parseNumber<std::uint32_t>(options.image);
    const Chosen chosen = index
        ? testImageChosen(options, model, *index, console, interrupt.token())
        : fileChosen(options, model);
    const auto classifier =
        model ? makeClassifier(*model, config.training.device, config.training.threads) : nullptr;
    ContactSheet sheet;
    sheet.variants = variantsOf(classifier.get(), chosen.split, 0,
        {config.policy, config.copies, config.training.seed, config.training.threads});
    sheet.classNames = chosen.classNames;
    sheet.label = chosen.split.label(0);
    sheet.name = chosen.name;
    sheet.vote = config.vote;
    sheet.copies = config.copies;
    if (model)
        console.print(
            describeVote(sheet.variants.table, 0, config.copies, config.vote, sheet.classNames)
            + "\n");
    std::error_code error; // a folder that cannot be made is what the plotter then reports
    std::filesystem::create_directories(options.out.parent_path(), error);
    plotter.contactSheet(sheet);
    console.note(fmt::format("Wrote {}", options.out.string()));
    console.throwIfOutputFailed();
    return done;
}

} // namespace

Command addPreviewCommand(CLI::App& app)
{
    CLI::App& command = *app.add_subcommand("preview",
        "Draw the contact sheet of one image's variants: the pictures, what was drawn, and with "
        "--model how they vote. The copies are those that `evaluate` with the same seed takes.");
    const auto options = std::make_shared<PreviewOptions>();
    addText(
        command, "--image", "I",
        [options = options.get()](const std::string& text) { options->image = text; },
        "the number of a test image, or an image file (required)");
    addPath(command, "--out", options->out, "the .png file to write (required)");
    addPath(command, "--model", options->model, "the .safetensors file of a trained network");
    addDataOptions(command, *options);
    defaultToModelsSplits(command);
    addVotingOptions(command, *options);
    addMachineOptions(command, *options);
    return [options] { return runPreviewCommand(*options); };
}

} // namespace augury::cli
