// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/inspector.h"

#include "ui/session/images_model.h"

#include <algorithm>

namespace augury {

namespace {

/// The part of the settings that decides a look.
ExperimentConfig lookConfig(const ExperimentConfig& config)
{
    ExperimentConfig part;
    part.policy = config.policy;
    part.copies = config.copies;
    part.vote = config.vote;
    part.training.seed = config.training.seed;
    part.training.device = config.training.device;
    return part;
}

} // namespace

/// Used by one job at a time, on the worker's thread. One thread is enough for some fifty passes,
/// and does not fight with a training for the others.
class Inspector::Eye {
public:
    Classifier& open(const std::shared_ptr<const FittedModel>& model, const std::string& device)
    {
        if (!m_classifier || m_model != model || m_device != device) {
            m_classifier = makeClassifier(model->checkpoint, device, 1);
            m_model = model;
            m_device = device;
        }
        return *m_classifier;
    }

private:
    std::shared_ptr<const FittedModel> m_model;
    std::string m_device;
    std::unique_ptr<Classifier> m_classifier;
};

Inspector::Inspector(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_eye(std::make_shared<Eye>())
    , m_worker(Worker::Priority::Window)
    , m_looks(m_worker)
    , m_pinnedLooks(m_worker)
    , m_tallies(m_worker)
{
    connect(&session, &Session::dataChanged, this, [this] {
        if (m_session.dataError().isEmpty() && m_kind == SplitKind::Own)
            m_kind = SplitKind::Test; // what was opened last is what one wants to see
        refresh();
    });
    connect(&session, &Session::ownImagesChanged, this, &Inspector::refresh);
    connect(&session, &Session::ownImagesOpened, this, [this] { setKind(SplitKind::Own); });
    connect(&session, &Session::modelChanged, this, &Inspector::refresh);
    connect(&session.settings(), &Settings::changed, this, &Inspector::refresh);
    connect(&session, &Session::evaluationChanged, this, [this] {
        refreshTally();
        Q_EMIT votesChanged();
    });
    connect(&session, &Session::taskChanged, this, &Inspector::votesChanged);
}

void Inspector::refresh()
{
    refreshSplit();
    refreshLook();
    refreshPinned();
    refreshTally();
    Q_EMIT votesChanged();
}

void Inspector::refreshSplit()
{
    const auto& config = m_session.settings().config();
    const SplitKey key{m_kind, m_session.dataset(), m_session.model(), m_session.ownImages(),
        config.subsetTrain, config.subsetTest, config.splitSeed, config.validationFraction};
    if (m_splitKey == key)
        return;
    const bool sameSource = m_splitKey && m_splitKey->kind == key.kind
        && m_splitKey->dataset == key.dataset && m_splitKey->model == key.model
        && m_splitKey->own == key.own;
    const bool valid = m_session.settings().problems().empty();
    if (!valid && sameSource)
        return; // what there is stays until the settings work again
    if (valid)
        m_splitKey = key;
    else
        m_splitKey.reset();
    auto split = valid ? m_session.split(m_kind) : Split{};
    if (split == m_split)
        return;
    // The same image of the same set stays the chosen one, wherever it is now.
    std::optional<std::size_t> position;
    if (m_position && split.images == m_split.images) {
        const auto found = std::ranges::find(split.indices, m_split.indices[*m_position]);
        if (found != split.indices.end())
            position = static_cast<std::size_t>(found - split.indices.begin());
    }
    if (!position && split.size() > 0)
        position = 0;
    const bool others = split.images != m_split.images;
    m_split = std::move(split);
    m_position = position;
    if (others)
        forgetLook();
    Q_EMIT splitChanged();
    Q_EMIT positionChanged();
}

/// An image of other data must not stand under the new one's name.
void Inspector::forgetLook()
{
    m_wanted.reset();
    m_look.reset();
    m_lookError.clear();
    Q_EMIT lookChanged();
    if (m_pin != Pin::Settings)
        return;
    m_wantedPinned.reset();
    m_pinned.reset();
    Q_EMIT pinChanged();
}

void Inspector::setKind(SplitKind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    refresh();
}

bool Inspector::has(SplitKind kind) const
{
    const auto dataset = m_session.dataset();
    const auto model = m_session.model();
    switch (kind) {
    case SplitKind::Test:
        return dataset != nullptr;
    case SplitKind::Training:
        return dataset && dataset->train && dataset->train->size() > 0;
    case SplitKind::Validation:
        return has(SplitKind::Training)
            && (m_session.modelFitsData() ? model->checkpoint.validationFraction
                                          : m_session.settings().config().validationFraction)
            > 0;
    case SplitKind::Own:
        return m_session.ownImages() != nullptr;
    }
    return false;
}

QStringList Inspector::names() const
{
    QStringList names;
    if (m_kind == SplitKind::Own && m_session.ownImages()) {
        for (const auto& file : m_session.ownImages()->files)
            names << QString::fromStdString(file.filename().string());
    }
    return names;
}

std::vector<std::string> Inspector::classNames() const
{
    const auto model = m_session.model();
    if (m_kind == SplitKind::Own && model)
        return model->checkpoint.classNames;
    const auto dataset = m_session.dataset();
    return dataset ? dataset->classNames : std::vector<std::string>();
}

void Inspector::select(std::size_t position)
{
    if (position >= m_split.size() || m_position == position)
        return;
    m_position = position;
    Q_EMIT positionChanged();
    refreshLook();
    refreshPinned();
}

int Inspector::variant() const
{
    if (!m_look || m_slot < 0)
        return -1;
    const auto& variants = m_look->variants.variants;
    const auto found = std::ranges::find_if(variants,
        [this](const Variant& variant) { return std::ranges::count(variant.slots, m_slot) > 0; });
    return found == variants.end() ? -1 : static_cast<int>(found - variants.begin());
}

void Inspector::selectVariant(int variant)
{
    const auto any = m_look && variant >= 0
        && static_cast<std::size_t>(variant) < m_look->variants.variants.size();
    // Of an original that copies drew, the copy: that is what its tile stands for.
    const int slot =
        any ? m_look->variants.variants[static_cast<std::size_t>(variant)].slots.back() : -1;
    if (slot == m_slot)
        return;
    m_slot = slot;
    Q_EMIT variantChanged();
}

void Inspector::drawAgain()
{
    m_session.settings().drawAgain();
}

bool Inspector::Wanted::operator==(const Wanted& other) const
{
    return image == other.image && config == other.config && split == other.split
        && model == other.model;
}

Inspector::Wanted Inspector::wanted(std::size_t position, const ExperimentConfig& config) const
{
    return {{m_kind, position}, lookConfig(config), m_split, m_session.model()};
}

JobRequest Inspector::lookJob(const Wanted& wanted, Show show) const
{
    LookRequest request;
    request.image = wanted.image;
    request.split = wanted.split;
    const auto index = wanted.split.indices[wanted.image.position];
    request.name = m_kind == SplitKind::Own ? names().value(static_cast<qsizetype>(index))
                                            : imageName(m_kind, index);
    request.config = wanted.config;
    request.classNames = classNames();
    request.model = wanted.model;
    const auto dataset = m_kind == SplitKind::Own ? nullptr : m_session.dataset();
    if (dataset)
        request.dataName = dataset->name;
    const auto work = [eye = m_eye, request, show, dataset, model = wanted.model](
                          JobContext& job) -> std::function<void()> {
        // Without a model that fits there are pictures, but no votes.
        Classifier* classifier = nullptr;
        QString problem;
        try {
            if (model && dataset)
                requireSameKind(model->checkpoint, "The model", *dataset, dataset->name);
            if (model)
                classifier = &eye->open(model, request.config.training.device);
        } catch (const Error& error) {
            problem = QString::fromUtf8(error.what());
        }
        auto look = std::make_shared<const ImageLook>(lookAt(classifier, request, job.coreJob()));
        return [show, look, problem] { show(look, problem); };
    };
    return {tr("Looking at an image"), work, [show](JobEnd end, const QString& message) {
                if (end == JobEnd::Failed)
                    show(nullptr, message);
            }};
}

void Inspector::refreshLook()
{
    if (!m_position) {
        if (m_look || !m_lookError.isEmpty())
            forgetLook();
        return;
    }
    const auto& settings = m_session.settings();
    if (!settings.problems().empty()) {
        QStringList lines;
        for (const auto& problem : settings.problems())
            lines << QString::fromStdString(problem.field + ": " + problem.message);
        m_wanted.reset();
        m_lookError = tr("These settings do not work: %1.").arg(lines.join(QStringLiteral("; ")));
        Q_EMIT lookChanged();
        return;
    }
    const auto next = wanted(*m_position, settings.config());
    if (m_wanted == next)
        return;
    m_wanted = next;
    m_looks.start(lookJob(
        next, [this, next](const std::shared_ptr<const ImageLook>& look, const QString& problem) {
            // Older settings of this image may show until the newest are there; another set's
            // image must not.
            if (!m_wanted || m_wanted->split != next.split)
                return;
            if (look)
                m_look = look;
            else if (m_wanted == next)
                m_wanted.reset(); // may be tried again
            m_lookError = problem;
            Q_EMIT lookChanged();
        }));
}

void Inspector::pinImage()
{
    const bool unpin = m_pin == Pin::Image || !m_look;
    m_pin = unpin ? Pin::None : Pin::Image;
    m_pinned = unpin ? nullptr : m_look;
    m_wantedPinned.reset();
    Q_EMIT pinChanged();
}

void Inspector::pinSettings()
{
    const bool unpin = m_pin == Pin::Settings;
    m_pin = unpin || !m_look ? Pin::None : Pin::Settings;
    m_pinned = m_pin == Pin::Settings ? m_look : nullptr;
    if (m_pin == Pin::Settings)
        m_pinnedConfig = m_look->config;
    m_wantedPinned.reset();
    Q_EMIT pinChanged();
    refreshPinned();
}

void Inspector::refreshPinned()
{
    if (m_pin != Pin::Settings || !m_position)
        return;
    const auto next = wanted(*m_position, m_pinnedConfig);
    if (m_wantedPinned == next)
        return;
    m_wantedPinned = next;
    m_pinnedLooks.start(
        lookJob(next, [this, next](const std::shared_ptr<const ImageLook>& look, const QString&) {
            if (m_pin != Pin::Settings || !m_wantedPinned || m_wantedPinned->split != next.split)
                return;
            if (look)
                m_pinned = look;
            else if (m_wantedPinned == next)
                m_wantedPinned.reset(); // may be tried again
            Q_EMIT pinChanged();
        }));
}

} // namespace augury
