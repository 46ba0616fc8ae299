// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/options.h"

#include "app/cli/values.h"
#include "core/experiment/project.h"
#include "core/model/runtime.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace augury::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largestSeed = (std::uint64_t(1) << 53) - 1; // whole in every JSON reader
constexpr const char* modelGroup = "Model";
constexpr const char* dataGroup = "Data";
constexpr const char* trainingGroup = "Training";

std::pair<int, int> parseImageSize(const std::string& text)
{
    const auto cross = text.find('x');
    if (cross != std::string::npos) {
        const auto height = parseNumber<int>(std::string_view(text).substr(0, cross));
        const auto width = parseNumber<int>(std::string_view(text).substr(cross + 1));
        const auto fits = [](const auto& side) { return side && *side >= 4 && *side <= 1024; };
        if (fits(height) && fits(width))
            return {*height, *width};
    }
    throw CLI::ValidationError("--image-size",
        fmt::format("\"{}\" is not height x width, like 32x32, each from 4 to 1024", text));
}

/// That a project can hold these settings, and can be written.
void requireSavable(const Options& options)
{
    const fs::path& file = options.saveProject;
    requireWritable(file, "--save-project", {projectSuffix, ".json"});
    for (const char* name : {"--image-size", "--test-fraction"}) {
        if (options.command->count(name) > 0)
            throw Error(fmt::format(
                "--save-project: a project has no place for {}. Leave one of them out.", name));
    }
    std::error_code error;
    const auto plain = [&](const fs::path& path) {
        return fs::absolute(path, error).lexically_normal();
    };
    if (!options.jsonFile.empty() && plain(file) == plain(options.jsonFile))
        throw Error(fmt::format(
            "--json-file and --save-project both name {}: give each its own file.", file.string()));
}

} // namespace

void addDataOptions(CLI::App& command, Options& options)
{
    options.command = &command;
    options.config.dataPath = defaultDatasetPath().string();
    const auto data = [&options](const std::string& text) {
        if (text.empty())
            throw CLI::ValidationError("--data", "the name of the folder is empty");
        options.config.dataPath = text;
    };
    addText(command, "--data", "DIR", data,
        "folder with the images: IDX (MNIST family), CIFAR-10 or CIFAR-100 binary, or "
        "train/<class>/* and test/<class>/*, or <class>/*")
        ->default_str(options.config.dataPath)
        ->group(dataGroup);
    const auto size = [&options](const std::string& text) {
        options.open.imageSize = parseImageSize(text);
    };
    addText(command, "--image-size", "HxW", size, "image folders: resize every image")
        ->group(dataGroup);
    addNumber(command, "--test-fraction", options.open.testFraction, 0.01, 0.99,
        "image folders without train and test: share of each class that becomes test")
        ->group(dataGroup);
    addNumber(command, "--subset-test", options.config.subsetTest, std::size_t(0),
        std::size_t(1'000'000'000), "use N test images drawn by --split-seed; 0: all")
        ->group(dataGroup);
    addNumber(command, "--split-seed", options.config.splitSeed, std::uint64_t(0), largestSeed,
        "seed of every split and subset, apart from --seed")
        ->group(dataGroup);
}

void addTrainingOptions(CLI::App& command, Options& options)
{
    TrainSettings& training = options.config.training;
    addNumber(command, "--subset-train", options.config.subsetTrain, std::size_t(0),
        std::size_t(1'000'000'000), "train on N images drawn by --split-seed; 0: all")
        ->group(dataGroup);
    addNumber(command, "--validation-fraction", options.config.validationFraction, 0.0, 0.9,
        "share of each class's training images kept for validation")
        ->group(dataGroup);
    addNumber(command, "--epochs", training.epochs, 1, 10'000, "epochs of each fit")
        ->group(trainingGroup);
    addNumber(command, "--batch-size", training.batchSize, 2, 65'536, "images a step")
        ->group(trainingGroup);
    addNumber(command, "--learning-rate", training.learningRate, 1e-12, 10.0, "Adam's")
        ->group(trainingGroup);
    addChoice(command, "--normalise", training.normalisation, normalisationKindFromString,
        "scale|standardise",
        "pixels to 0–1, or by the training images' channel means and deviations")
        ->group(trainingGroup);
    addPath(command, "--train-policy", options.trainPolicy,
        "augment the training images, a fresh draw each epoch, by a random preset or a policy file")
        ->type_name("NAME|FILE")
        ->group(trainingGroup);
}

void addMachineOptions(CLI::App& command, Options& options)
{
    TrainSettings& training = options.config.training;
    addNumber(command, "--seed", training.seed, std::uint64_t(0), largestSeed,
        "decides weights, order of images and copies")
        ->group(machineGroup);
    // Many more threads than cores wait for each other for minutes.
    addNumber(command, "--threads", training.threads, 0, std::max(64, availableThreads()),
        "processor threads; 0: all cores")
        ->group(machineGroup);
    const auto device = [&training](const std::string& text) {
        const bool numbered =
            text.starts_with("cuda:") && parseNumber<unsigned>(std::string_view(text).substr(5));
        if (text != "cpu" && text != "cuda" && !numbered)
            throw CLI::ValidationError(
                "--device", fmt::format("\"{}\" is not cpu, cuda or cuda:N", text));
        training.device = text;
    };
    addText(command, "--device", "NAME", device, "cpu, cuda, or cuda:N for the GPU number N")
        ->default_str(training.device)
        ->group(machineGroup);
}

void addRepeatOptions(CLI::App& command, Options& options)
{
    addNumber(command, "--repeats", options.config.repeats, 1, 1000,
        "fresh fits, each with baseline and TTA measured on it")
        ->group(trainingGroup);
    addNumber(command, "--parallel-fits", options.config.parallelFits, 0, 1024,
        "fits side by side, sharing the threads; 0: the faster")
        ->group(machineGroup);
}

void addJsonOptions(CLI::App& command, Options& options)
{
    command
        .add_flag("--json", options.json,
            "one JSON document on standard output, progress on standard error")
        ->group(outputGroup);
    addPath(command, "--json-file", options.jsonFile, "write the JSON document to a .json file")
        ->group(outputGroup);
}

void addCsvOption(CLI::App& command, Options& options)
{
    addPath(command, "--csv", options.csv, "write the numbers to a .csv file")->group(outputGroup);
}

void addPlotOption(CLI::App& command, Options& options)
{
    addPath(command, "--plot", options.plot, "draw the chart into a .png, .svg or .pdf file")
        ->group(outputGroup);
    addPlotSize(command, options.plotSize);
}

void addOutputOptions(CLI::App& command, Options& options)
{
    addJsonOptions(command, options);
    addCsvOption(command, options);
    addPlotOption(command, options);
    addPath(command, "--report", options.report,
        "write a report with charts, tables and pictures of the changed images to one .html file")
        ->group(outputGroup);
}

void addPlotSize(CLI::App& command, PlotSize& size)
{
    const auto read = [&size](const std::string& text) {
        constexpr int least = 200; // below, nothing can be read
        constexpr int most = 8000;
        const auto cross = text.find('x');
        const auto side = [&](std::string_view part) {
            const auto value = parseNumber<int>(part);
            return value && *value >= least && *value <= most ? value : std::nullopt;
        };
        const auto width = side(std::string_view(text).substr(0, cross));
        const auto height = cross == std::string::npos
            ? std::nullopt
            : side(std::string_view(text).substr(cross + 1));
        if (!width || !height)
            throw CLI::ValidationError("--plot-size",
                fmt::format("\"{}\" is not width x height, like 1200x750, each from {} to {}", text,
                    least, most));
        size.width = *width;
        size.height = *height;
    };
    addText(command, "--plot-size", "WxH", read,
        "size of the picture in logical pixels: texts keep their size, a larger picture has more "
        "room")
        ->default_str(fmt::format("{}x{}", size.width, size.height))
        ->group(outputGroup);
    addNumber(command, "--plot-scale", size.scale, 1.0, 4.0,
        ".png: how many times as fine, so that 1200x750 at 2 are 2400x1500 pixels")
        ->group(outputGroup);
}

void addHistoryOption(CLI::App& command, Options& options)
{
    command
        .add_flag_callback(
            "--no-history", [&options] { options.history = false; },
            "do not add the run to the history that the workbench shows")
        ->group(outputGroup);
}

void addSaveProjectOption(CLI::App& command, Options& options)
{
    addPath(command, "--save-project", options.saveProject,
        "write these settings to a project, a .augury file, for `run` and the workbench")
        ->group(outputGroup);
}

void addResumeOption(CLI::App& command, Options& options)
{
    const auto read = [&options](const std::string& text) {
        if (const auto id = parseNumber<std::int64_t>(text); text != "last" && !(id && *id > 0))
            throw CLI::ValidationError(
                "--resume", fmt::format("\"{}\" is not the number of a run, or \"last\"", text));
        options.resume = text;
    };
    addText(command, "--resume", "RUN", read,
        "go on with a run that was stopped or killed, with its settings; `augury-cli runs list "
        "--unfinished` shows them; \"last\": the newest of these")
        ->group(outputGroup);
}

void addModelOption(
    CLI::App& command, Options& options, const std::string& name, const std::string& help)
{
    // Not required() of CLI11: that would hide which other option was misspelt.
    addPath(command, name, options.model, help + " (required)")->group(modelGroup);
}

void requireModelOption(const Options& options, const std::string& name)
{
    if (options.model.empty())
        throw Error(fmt::format("{} is required: name the model's .safetensors file.", name));
}

void requireWritable(
    const fs::path& path, const std::string& option, const std::vector<std::string>& extensions)
{
    const auto refuse = [&](const std::string& why) {
        throw Error(fmt::format("{} {}: {}.", option, path.string(), why));
    };
    auto extension = path.extension().string(); // in any case, as those who write look at it
    std::ranges::transform(extension, extension.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (std::ranges::find(extensions, extension) == extensions.end())
        refuse(fmt::format("the name must end in {}", fmt::join(extensions, " or ")));
    std::error_code error;
    const fs::file_status target = fs::status(path, error);
    if (fs::exists(target) && !fs::is_regular_file(target))
        refuse("this exists and is not a file");

    // The folder is made when the file is written; until then its nearest parent must allow it.
    fs::path folder = fs::absolute(path, error).parent_path();
    bool whole = true;
    while (!fs::exists(fs::status(folder, error)) && folder != folder.root_path()) {
        folder = folder.parent_path();
        whole = false;
    }
    if (!fs::is_directory(fs::status(folder, error)))
        refuse(fmt::format("{} is not a folder", folder.string()));
    if (!whole && ::access(folder.c_str(), W_OK | X_OK) == 0)
        return;
    const std::string probe = (folder / fmt::format(".augury-{}", ::getpid())).string();
    const int descriptor = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        refuse(fmt::format("{} cannot be written to ({})", folder.string(),
            std::strerror(errno))); // NOLINT(concurrency-mt-unsafe): before any work
    ::close(descriptor);
    ::unlink(probe.c_str());
}

void takeSplitsOf(const Checkpoint& checkpoint, Options& options)
{
    options.config.validationFraction = checkpoint.validationFraction;
    const auto* const splitSeed = options.command->get_option_no_throw("--split-seed");
    if (splitSeed != nullptr && splitSeed->count() == 0)
        options.config.splitSeed = options.open.seed = checkpoint.splitSeed;
}

void defaultToModelsSplits(CLI::App& command)
{
    command.get_option("--split-seed")
        ->default_str("the model's")
        ->description("seed of every split and subset; the model's, so that it is not tested on "
                      "what it was trained on");
}

void settle(Options& options)
{
    ExperimentConfig& config = options.config;
    settlePolicy(options);
    if (!options.trainPolicy.empty())
        config.training.policy = policyNamed(options.trainPolicy);
    if (options.earlyExit)
        config.exactEarlyExit = *options.earlyExit;
    throwIfAny(config.validate(), "These settings do not work");
    requireDevice(config.training.device);
    options.open.seed = config.splitSeed;
    options.open.threads = config.training.threads;

    if (!options.jsonFile.empty())
        requireWritable(options.jsonFile, "--json-file", {".json"});
    if (!options.csv.empty())
        requireWritable(options.csv, "--csv", {".csv"});
    if (!options.plot.empty())
        requireWritable(options.plot, "--plot", {".png", ".svg", ".pdf"});
    if (!options.report.empty())
        requireWritable(options.report, "--report", {".html", ".htm"});
    if (!options.saveProject.empty())
        requireSavable(options);

    std::error_code error;
    if (!std::filesystem::exists(config.dataPath, error) && config.dataPath == defaultDatasetPath())
        throw Error(fmt::format("The default data set is not installed ({} is missing). Run "
                                "`apt-get install dataset-fashion-mnist`, or name a folder with "
                                "--data.",
            config.dataPath));
}

} // namespace augury::cli
