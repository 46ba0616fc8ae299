// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tta/predictor.h"

#include "core/tta/view_predictor.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace augury {

namespace {

constexpr std::size_t drawsAtOnce = 1 << 16; ///< between two looks at the stop token

/// Bytes of one row: probabilities and, if the classifier has them, logits.
constexpr double rowBytes(double classes)
{
    return 2 * sizeof(float) * classes;
}

std::string memory(double bytes)
{
    return bytes < 1e9 ? fmt::format("{:.1f} MB", bytes / 1e6)
                       : fmt::format("{:.1f} GB", bytes / 1e9);
}

void requireRoom(double rows, double slots, double classes, std::uint64_t budget)
{
    const double bytes = rowBytes(classes) * rows + sizeof(std::uint32_t) * slots;
    if (bytes > static_cast<double>(budget) || rows > std::numeric_limits<std::uint32_t>::max())
        throw Error(
            fmt::format("The votes of {:.0f} distinct variants would need {} of memory; the "
                        "budget is {} and {} variants. Use fewer copies or fewer images, or "
                        "allow more memory.",
                rows, memory(bytes), memory(static_cast<double>(budget)),
                std::numeric_limits<std::uint32_t>::max()));
}

/// Fills a table, or its new copies: first every view gets its row, then the new rows are filled
/// block by block.
class TableFiller {
public:
    /// `table` is empty, or has fewer copies than the options.
    TableFiller(Classifier& classifier, const Split& split, const PredictOptions& options,
        const Job& job, VoteTable& table)
        : m_split(split)
        , m_options(options)
        , m_job(job)
        , m_predictor(classifier, split, options, job)
        , m_slots(m_predictor.slots())
        , m_oldSlots(table.size() == 0 ? 0 : static_cast<std::size_t>(table.copies) + 1)
        , m_table(table)
        , m_oldCopies(table.copies)
        , m_oldRows(std::move(table.rows))
    {
    }

    void run()
    {
        m_table.classes = m_predictor.classes();
        m_table.copies = m_options.copies;
        m_table.policy = m_options.policy;
        m_table.seed = m_options.seed;
        m_table.images = m_split.indices;
        m_table.labels.resize(m_split.size());
        for (std::size_t i = 0; i < m_split.size(); ++i)
            m_table.labels[i] = m_split.label(i);
        const auto slots = static_cast<double>(m_split.size()) * static_cast<double>(m_slots);
        const auto require = [&](std::size_t rows) {
            requireRoom(static_cast<double>(rows), slots, m_table.classes, m_options.memoryBudget);
        };
        require(m_split.size());
        const auto rows = assignRows();
        require(rows);
        fillRows(rows);
    }

    /// Takes back what was added to a table that had copies before.
    void revert()
    {
        const auto values = m_oldRowCount * static_cast<std::size_t>(m_table.classes);
        m_table.probabilities.resize(values);
        m_table.logits.resize(m_table.hasLogits() ? values : 0);
        m_table.rows = std::move(m_oldRows);
        m_table.copies = m_oldCopies;
    }

private:
    /// Returns how many rows there are. Numbers beyond 32 bits wrap round; requireRoom() refuses
    /// such a table before a row is read.
    std::size_t assignRows()
    {
        m_table.rows.resize(m_split.size() * m_slots);
        const auto atOnce = std::max<std::size_t>(1, drawsAtOnce / m_slots);
        std::size_t total = m_oldRowCount;
        std::vector<std::uint32_t> rowOfNumber;
        for (std::size_t begin = 0; begin < m_split.size(); begin += atOnce) {
            m_job.throwIfStopped();
            const auto count = std::min(atOnce, m_split.size() - begin);
            m_predictor.numberViews(
                begin, count, std::span(m_table.rows).subspan(begin * m_slots, count * m_slots));
            for (std::size_t i = begin; i < begin + count; ++i) {
                rowOfNumber.clear();
                const auto rows = rowsOf(i);
                for (std::size_t slot = 0; slot < m_slots; ++slot) {
                    if (rows[slot] == rowOfNumber.size()) // seen for the first time
                        rowOfNumber.push_back(slot < m_oldSlots
                                ? m_oldRows[i * m_oldSlots + slot]
                                : static_cast<std::uint32_t>(total++));
                    rows[slot] = rowOfNumber[rows[slot]];
                }
            }
        }
        return total;
    }

    /// New rows are numbered in order of first appearance, so the next one is always the next
    /// number. Drawing a variant a second time is cheaper than keeping millions of Transforms.
    void fillRows(std::size_t total)
    {
        const auto classes = static_cast<std::size_t>(m_table.classes);
        m_table.probabilities.reserve(total * classes);
        report(0);
        std::vector<ViewPredictor::Wanted> block;
        block.reserve(m_predictor.blockSize());
        std::size_t done = m_oldRowCount;
        for (std::size_t image = 0; image < m_split.size(); ++image) {
            const auto rows = rowsOf(image);
            for (std::size_t slot = m_oldSlots; slot < m_slots; ++slot) {
                if (rows[slot] != done + block.size())
                    continue;
                block.push_back({image, slot});
                const bool last = done + block.size() == total;
                if (block.size() == m_predictor.blockSize() || last) {
                    append(m_predictor.predict(block), done == 0, total * classes);
                    done += block.size();
                    block.clear();
                    report(last ? m_split.size() : image);
                }
            }
        }
    }

    void append(const ViewPredictor::Outputs& outputs, bool first, std::size_t all)
    {
        if (!first && m_table.hasLogits() == outputs.logits.empty())
            throw Error("The model now gives another kind of outputs (logits or probabilities) "
                        "than it did for the copies there are. Evaluate again.");
        m_table.logits.reserve(outputs.logits.empty() ? 0 : all);
        m_table.logits.insert(m_table.logits.end(), outputs.logits.begin(), outputs.logits.end());
        m_table.probabilities.insert(m_table.probabilities.end(), outputs.probabilities.begin(),
            outputs.probabilities.end());
    }

    std::span<std::uint32_t> rowsOf(std::size_t image)
    {
        return std::span(m_table.rows).subspan(image * m_slots, m_slots);
    }

    void report(std::size_t images) const
    {
        m_job.report("evaluating", static_cast<std::int64_t>(images),
            static_cast<std::int64_t>(m_split.size()));
    }

    const Split& m_split;
    const PredictOptions& m_options;
    const Job& m_job;
    ViewPredictor m_predictor;
    const std::size_t m_slots;
    const std::size_t m_oldSlots;
    VoteTable& m_table;
    const int m_oldCopies;
    std::vector<std::uint32_t> m_oldRows;
    const std::size_t m_oldRowCount = static_cast<std::size_t>(m_table.forwardPasses());
};

} // namespace

VoteTable predictVotes(
    Classifier& classifier, const Split& split, const PredictOptions& options, const Job& job)
{
    VoteTable table;
    TableFiller(classifier, split, options, job, table).run();
    return table;
}

void growVotes(Classifier& classifier, const Split& split, VoteTable& table,
    const PredictOptions& options, const Job& job)
{
    if (table.images != split.indices
        || static_cast<std::size_t>(table.classes) != classifier.classNames().size())
        throw Error("The votes are of other images or classes; evaluate again.");
    if (table.policy != options.policy || table.seed != options.seed)
        throw Error("The votes are of copies with another policy or seed; evaluate again.");
    if (options.copies < table.copies)
        throw Error(fmt::format("The votes have {} copies already, more than the {} asked for.",
            table.copies, options.copies));
    TableFiller filler(classifier, split, options, job, table);
    try {
        filler.run();
    } catch (...) {
        filler.revert();
        throw;
    }
}

std::uint64_t tableBytesPerImage(int copies, int classes)
{
    const double slots = 1.0 + copies;
    return static_cast<std::uint64_t>(slots * (rowBytes(classes) + sizeof(std::uint32_t)));
}

} // namespace augury
