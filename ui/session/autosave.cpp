// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/autosave.h"

#include "core/support/error.h"

#include <QCryptographicHash>
#include <QLockFile>

#include <algorithm>
#include <chrono>
#include <string>

namespace augury {

namespace {

namespace fs = std::filesystem;

constexpr int s_windows = 100; ///< that may have unsaved changes of one project at once

std::string nameFor(const fs::path& of)
{
    if (of.empty())
        return "untitled";
    const auto text = of.string();
    const auto hash = QCryptographicHash::hash(
        QByteArray(text.data(), static_cast<qsizetype>(text.size())), QCryptographicHash::Sha256);
    return hash.toHex().left(16).toStdString();
}

/// Held while its owner lives; a killed owner's counts as free.
std::unique_ptr<QLockFile> lockOf(const fs::path& file)
{
    auto lock = std::make_unique<QLockFile>(QString::fromStdString(file.string() + ".lock"));
    lock->setStaleLockTime(0);
    return lock;
}

QDateTime timeOf(const fs::path& file)
{
    std::error_code error;
    const auto written = fs::last_write_time(file, error);
    if (error)
        return {};
    const auto time = std::chrono::file_clock::to_sys(written);
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

/// Whether the project's file is newer, or holds all of it already.
bool isSaved(const Recoverable& found)
{
    std::error_code error;
    if (found.of.empty() || !fs::exists(found.of, error))
        return false;
    const auto file = fs::last_write_time(found.of, error);
    if (!error && file > fs::last_write_time(found.file, error) && !error)
        return true;
    try {
        return readProject(found.of) == found.project;
    } catch (const Error&) {
        return false;
    }
}

} // namespace

Autosave::Autosave(fs::path folder)
    : m_folder(std::move(folder))
{
}

Autosave::~Autosave() = default;

Autosave::Place Autosave::freePlace(const std::string& name) const
{
    std::error_code error;
    fs::create_directories(m_folder, error);
    for (int i = 1; i <= s_windows; ++i) {
        auto numbered = name;
        if (i > 1)
            numbered.append("-").append(std::to_string(i));
        Place place{m_folder / numbered.append(projectSuffix), nullptr};
        place.lock = lockOf(place.file);
        if (place.lock->tryLock()) {
            // A file that is there already was left behind, and not recovered yet.
            if (!fs::exists(place.file, error))
                return place;
        } else if (place.lock->error() != QLockFile::LockFailedError) {
            break;
        }
    }
    throw Error("Unsaved changes cannot be kept in " + m_folder.string()
        + ", which cannot be written to. Save the project, or make room there.");
}

void Autosave::write(Project project, const fs::path& of)
{
    project.autosaveOf = of;
    const auto name = nameFor(of);
    if (!m_place.file.empty() && name == m_name) {
        writeProject(project, m_place.file, ReadAs::Draft);
        return;
    }
    auto place = freePlace(name);
    writeProject(project, place.file, ReadAs::Draft);
    remove();
    m_name = name;
    m_place = std::move(place);
}

void Autosave::remove() noexcept
{
    std::error_code error;
    if (!m_place.file.empty())
        fs::remove(m_place.file, error);
    m_place = {};
}

void Autosave::adopt(const Recoverable& found)
{
    Place place{found.file, lockOf(found.file)};
    if (!place.lock->tryLock())
        throw Error("Another window has these unsaved changes: " + found.file.string() + ".");
    remove();
    m_name = nameFor(found.of);
    m_place = std::move(place);
}

std::vector<Recoverable> Autosave::find(const fs::path& folder)
{
    std::vector<Recoverable> all;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        Recoverable found;
        found.file = entry->path();
        if (found.file.extension() != projectSuffix)
            continue;
        const auto lock = lockOf(found.file);
        if (!lock->tryLock() && lock->error() == QLockFile::LockFailedError)
            continue; // its window lives
        try {
            found.project = readProject(found.file, ReadAs::Draft);
        } catch (const Error&) {
            continue;
        }
        found.of = std::exchange(found.project.autosaveOf, {});
        found.saved = timeOf(found.file);
        if (!isSaved(found))
            all.push_back(std::move(found));
    }
    std::ranges::sort(all, std::greater(), &Recoverable::saved);
    return all;
}

void Autosave::discard(const Recoverable& found)
{
    Place place{found.file, lockOf(found.file)};
    if (!place.lock->tryLock() && place.lock->error() == QLockFile::LockFailedError)
        return;
    std::error_code error;
    if (!fs::remove(found.file, error) && error)
        throw Error("Could not delete " + found.file.string() + ": " + error.message() + ".");
}

} // namespace augury
