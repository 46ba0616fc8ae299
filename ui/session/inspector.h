// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/image_look.h"
#include "ui/session/latest_job.h"
#include "ui/session/session.h"
#include "ui/session/tally.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>

namespace augury {

/// What the Inspect page works with: a split, one image of it under the present settings, another
/// pinned beside it, and the votes of the whole split. Follows Session's settings, data and model;
/// works on a thread of its own, so that looking goes on while a job runs. Lives on the window's
/// thread.
class Inspector : public QObject {
    Q_OBJECT

public:
    enum class Pin {
        None,
        Image, ///< an image with the settings of that moment
        Settings ///< settings of that moment, on whatever image is chosen
    };
    Q_ENUM(Pin)
    /// How the votes in hand stand to the settings.
    enum class Votes {
        None, ///< nothing evaluated
        Current,
        Short, ///< of fewer copies than are wanted now
        Outdated ///< of other images, draws, or another model
    };
    Q_ENUM(Votes)

    explicit Inspector(Session& session, QObject* parent = nullptr);

    Session& session() { return m_session; }
    Worker& worker() { return m_worker; } ///< for quick work on behalf of the page

    // The split.
    SplitKind kind() const { return m_kind; }
    void setKind(SplitKind kind);
    const Split& split() const { return m_split; } ///< empty without data
    bool has(SplitKind kind) const; ///< whether there are such images
    QStringList names() const; ///< of own images; empty otherwise
    std::vector<std::string> classNames() const; ///< the model's, or the data set's

    // One image.
    std::optional<std::size_t> position() const { return m_position; }
    void select(std::size_t position);
    /// The newest finished look; it may be of the image or the settings just before.
    std::shared_ptr<const ImageLook> look() const { return m_look; }
    QString lookError() const { return m_lookError; } ///< why there is no newer one
    /// The tile that is chosen, as its place in ImageLook::tiles; −1: none. Follows its copy while
    /// the settings change.
    int variant() const;
    void selectVariant(int variant);
    void drawAgain(); ///< another seed

    // Beside it.
    Pin pin() const { return m_pin; }
    void pinImage(); ///< or unpins
    void pinSettings(); ///< or unpins
    std::shared_ptr<const ImageLook> pinned() const { return m_pinned; }

    // The whole split.
    bool canEvaluate() const; ///< now, these images, with the model in hand
    void evaluate(Session::Keep keep = Session::Keep::InHistory);
    Votes votes() const;
    QString votesNote() const; ///< why they are not current, and what to do; empty: they are
    /// The newest finished tally of the votes in hand, even if they are outdated; null without.
    std::shared_ptr<const Tally> tally() const { return m_tally; }

Q_SIGNALS:
    void splitChanged();
    void positionChanged();
    void lookChanged(); ///< or its error
    void variantChanged(); ///< another was chosen; a new look may change it, too
    void pinChanged();
    void votesChanged(); ///< votes(), the tally, or whether one can evaluate

private:
    class Eye; ///< the classifier, on the worker's thread

    void refresh();
    void refreshSplit();
    void forgetLook();
    void refreshLook();
    void refreshPinned();
    void refreshTally();
    /// What decides a look, besides the session's data and model; two equal ones need one look.
    struct Wanted {
        ImageRef image;
        ExperimentConfig config; ///< what concerns a look alone
        Split split;
        std::shared_ptr<const FittedModel> model;
        bool operator==(const Wanted& other) const;
    };
    Wanted wanted(std::size_t position, const ExperimentConfig& config) const;
    using Show = std::function<void(std::shared_ptr<const ImageLook>, const QString& problem)>;
    JobRequest lookJob(const Wanted& wanted, Show show) const;

    /// What decides the split: it is not computed again while a slider moves.
    struct SplitKey {
        SplitKind kind = SplitKind::Test;
        std::shared_ptr<const Dataset> dataset;
        std::shared_ptr<const FittedModel> model;
        std::shared_ptr<const OwnImages> own;
        std::size_t subsetTrain = 0;
        std::size_t subsetTest = 0;
        std::uint64_t seed = 0;
        double validation = 0;
        bool operator==(const SplitKey&) const = default;
    };

    Session& m_session;
    SplitKind m_kind = SplitKind::Test;
    std::optional<SplitKey> m_splitKey;
    Split m_split;
    std::optional<std::size_t> m_position;
    int m_slot = -1; ///< a copy of the chosen tile
    std::optional<Wanted> m_wanted; ///< the newest look that was asked for
    std::optional<Wanted> m_wantedPinned;
    std::shared_ptr<const ImageLook> m_look;
    QString m_lookError;
    Pin m_pin = Pin::None;
    ExperimentConfig m_pinnedConfig;
    std::shared_ptr<const ImageLook> m_pinned;
    std::shared_ptr<const Tally> m_tally;
    std::shared_ptr<const Tally> m_wantedTally; ///< without its results
    QString m_tallyError;
    std::shared_ptr<Eye> m_eye;
    Worker m_worker; // its thread ends before what its jobs report to
    LatestJob m_looks;
    LatestJob m_pinnedLooks;
    LatestJob m_tallies;
};

} // namespace augury
