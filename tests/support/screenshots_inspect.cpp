// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/screenshots_inspect.h"

#include "core/data/open_dataset.h"
#include "core/model/checkpoint.h"
#include "tests/support/drawn_images.h"
#include "tests/support/inspect_scene.h"
#include "ui/widgets/picture_view.h"

#include <QDir>
#include <QTabWidget>

#include <filesystem>

namespace augury::test {

namespace {

void gentle(ExperimentConfig& config)
{
    config.policy.rotationRange = 8;
    config.policy.widthShiftRange = config.policy.heightShiftRange = 0.06;
    config.policy.zoomRange = {0.92, 1.08};
}

QStringList numbered(const QString& name, int count)
{
    QStringList names;
    for (int k = 1; k <= count; ++k)
        names << name.arg(k, 3, 10, QChar(u'0'));
    return names;
}

/// What stands there before anything can be looked at, and when something is wrong.
bool takeWithoutVotes(Photographer& camera, const QDir& dir)
{
    InspectScene first(camera, dir.filePath(QStringLiteral("loading.ini")));
    first.window().begin(dir.filePath(QStringLiteral("slow")));
    first.snap("inspect-loading");
    first.session().stop();
    bool good = first.settle();

    InspectScene scene(camera, dir.filePath(QStringLiteral("empty.ini")));
    scene.window().begin(dir.filePath(QStringLiteral("no such folder")));
    good = scene.take("inspect-no-data") && good;
    scene.window().begin(dir.filePath(QStringLiteral("slow")));
    scene.snap("inspect-loading-after-error");
    // A classifier needs two classes: this is refused.
    good = !scene.open(dir.filePath(QStringLiteral("one class"))) && good;
    good = scene.take("inspect-one-class") && good;
    good = scene.open(dir.filePath(QStringLiteral("shapes"))) && good;
    return scene.take("inspect-no-model") && good;
}

/// Pinned beside what is chosen, in the window as it opens and in a wide one.
bool takePinned(InspectScene& scene)
{
    scene.chooseImage(1);
    scene.inspector().pinImage();
    scene.chooseImage(4);
    bool good = scene.take("inspect-pinned-image");
    scene.resize(1920, 1080);
    good = scene.take("inspect-pinned-image-wide") && good;
    scene.inspector().pinSettings();
    scene.edit([](ExperimentConfig& c) {
        c.policy = tutorialPolicy();
        c.policy.brightnessRange = {0.7, 1.3};
        c.copies = 5;
    });
    good = scene.take("inspect-pinned-settings-wide") && good;
    scene.resize(1440, 900);
    good = scene.take("inspect-pinned-settings") && good;
    scene.inspector().pinSettings();
    return good;
}

/// Everything that votes change, with the data set and the model that are there at first.
bool takeVotes(InspectScene& scene)
{
    bool good = scene.take("inspect-evaluated");
    scene.filter(ImageFilter::Fixed);
    scene.chooseImage(2);
    scene.chooseTile(1);
    good = scene.take("inspect-fixed-tile") && good;
    scene.filter(ImageFilter::Fixed);

    scene.edit(gentle);
    good = scene.take("inspect-outdated") && good;
    good = scene.evaluate() && good;
    scene.filter(ImageFilter::Broken);
    scene.chooseImage(1);
    scene.chooseTile(3);
    good = scene.take("inspect-gentle") && good;
    scene.edit([](ExperimentConfig& c) { c.copies = 3; });
    good = scene.take("inspect-copies-3") && good;
    scene.edit([](ExperimentConfig& c) { c.copies = 50; });
    good = scene.take("inspect-copies-50") && good;

    scene.filter(ImageFilter::Broken);
    scene.edit([](ExperimentConfig& c) {
        c.copies = 6;
        c.vote.rule = VoteRule::Majority;
    });
    good = scene.settle() && good;
    scene.sortBy(ImageOrder::Agreement);
    if (scene.findTie())
        good = scene.take("inspect-tie") && good;
    else
        std::printf("skipped: no image is a tie\n");
    scene.edit([](ExperimentConfig& c) {
        c.copies = 7;
        c.vote = {};
    });

    good = takePinned(scene) && good;
    scene.resize(1024, 700);
    good = scene.take("inspect-small") && good;
    scene.toggleShortcuts();
    scene.snap("inspect-shortcuts-small");
    scene.toggleShortcuts();
    scene.resize(1440, 900);
    scene.edit([](ExperimentConfig& c) { c.policy.zoomRange = {1.2, 0.8}; });
    good = scene.take("inspect-bad-settings") && good;
    scene.edit([](ExperimentConfig& c) { c.policy.zoomRange = {0.8, 1.2}; });
    scene.settle();
    scene.toggleShortcuts();
    scene.snap("inspect-shortcuts");
    scene.toggleShortcuts();
    return good;
}

/// The very first launch: it loads, predicts and evaluates by itself.
bool takeFirstLaunch(Photographer& camera, const QDir& dir)
{
    if (!std::filesystem::exists(defaultDatasetPath())) {
        std::printf("skipped: Fashion-MNIST is not installed\n");
        return true;
    }
    InspectScene scene(camera, dir.filePath(QStringLiteral("first.ini")));
    scene.window().begin();
    if (!waitFor([&] { return scene.inspector().look() && scene.inspector().look()->hasVotes(); }))
        return false;
    scene.snap("inspect-first-launch");
    scene.session().stop();
    bool good = scene.take("inspect-before-evaluation");
    good = scene.evaluate() && good;
    return takeVotes(scene) && good;
}

/// Colour images, shown smooth, pixel by pixel, enlarged and as the network sees them.
bool takeColour(Photographer& camera, const QDir& dir)
{
    InspectScene scene(camera, dir.filePath(QStringLiteral("colour.ini")));
    if (!scene.open(dir.filePath(QStringLiteral("shapes"))))
        return false;
    bool good = scene.train(2, NormalisationKind::Standardise);
    scene.edit(gentle);
    scene.window().pages()->setCurrentWidget(&scene.view());
    good = scene.evaluate() && good;
    scene.chooseImage(3);
    good = scene.take("inspect-colour-pixels") && good;
    scene.toggle(QStringLiteral("Smooth"));
    good = scene.take("inspect-colour-smooth") && good;
    scene.toggle(QStringLiteral("As the network sees it"));
    good = scene.take("inspect-as-seen") && good;
    scene.toggle(QStringLiteral("As the network sees it"));
    scene.toggle(QStringLiteral("Smooth"));
    scene.view().stage()->picture()->setZoom(8);
    good = scene.take("inspect-enlarged") && good;
    scene.view().stage()->picture()->setZoom(0);

    scene.session().openImages(writeOwnImages(dir.filePath(QStringLiteral("own"))));
    good = scene.settle() && good;
    scene.chooseImage(4);
    good = scene.take("inspect-own") && good;
    good = scene.evaluate() && good;
    scene.chooseTile(2);
    good = scene.take("inspect-own-evaluated") && good;

    const auto model = dir.filePath(QStringLiteral("shapes.safetensors"));
    scene.session().saveModel(model);
    good = scene.settle() && good;
    good = scene.open(dir.filePath(QStringLiteral("hundred classes"))) && good;
    scene.session().loadModel(model);
    return scene.take("inspect-other-model") && good;
}

/// Data sets whose classes are many or have long names.
bool takeClasses(Photographer& camera, const QDir& dir)
{
    bool good = true;
    const auto with = [&](const char* folder, const char* name, const char* allName) {
        InspectScene scene(camera, dir.filePath(QStringLiteral("classes.ini")));
        good = scene.open(dir.filePath(QString::fromLatin1(folder))) && good;
        good = scene.train(1) && good;
        scene.edit(gentle);
        good = scene.evaluate() && good;
        scene.chooseImage(1);
        scene.chooseTile(2);
        good = scene.take(name) && good;
        if (scene.showAllClasses())
            good = scene.take(allName) && good;
    };
    with("long names", "inspect-long-names", "inspect-long-names-all");
    with("hundred classes", "inspect-hundred-classes", "inspect-hundred-classes-all");
    return good;
}

bool drawData(const QDir& dir)
{
    const auto path = [&](const char* name) { return dir.filePath(QString::fromLatin1(name)); };
    const QStringList shapes{QStringLiteral("triangle"), QStringLiteral("three-pointed star"),
        QStringLiteral("square"), QStringLiteral("four-pointed star"), QStringLiteral("pentagon"),
        QStringLiteral("five-pointed star"), QStringLiteral("hexagon"),
        QStringLiteral("six-pointed star")};
    QStringList lengthy; // 60 characters each
    for (const auto& shape : shapes)
        lengthy << QStringLiteral("%1 as it is drawn in the twelfth edition of the atlas of forms")
                       .arg(shape)
                       .left(60);
    return QDir().mkpath(dir.path()) && writeSlowImages(path("slow"))
        && writeShapes(path("shapes"), shapes)
        && writeShapes(
            path("hundred classes"), numbered(QStringLiteral("species %1"), 100), {28, 8, true})
        && writeShapes(path("one class"), {QStringLiteral("pebble")}, {32, 40, false})
        && writeShapes(path("long names"), lengthy, {32, 40, true});
}

} // namespace

bool photographInspect(Photographer& camera, const QString& folder)
{
    const QDir dir(folder);
    if (!drawData(dir)) {
        std::fprintf(stderr, "could not write data into %s\n", qPrintable(folder));
        return false;
    }
    struct Part {
        const char* name;
        bool (*take)(Photographer&, const QDir&);
    };
    bool good = true;
    for (const auto& part :
        {Part{"without votes", takeWithoutVotes}, Part{"first launch", takeFirstLaunch},
            Part{"colour", takeColour}, Part{"classes", takeClasses}}) {
        if (part.take(camera, dir))
            continue;
        std::fprintf(stderr, "not everything went well: %s\n", part.name);
        good = false;
    }
    return good;
}

} // namespace augury::test
