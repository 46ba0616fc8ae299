// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <cstdint>

class QLabel;

namespace augury {

/// What the figures on the page may be trusted for.
struct HonestyFacts {
    std::size_t searchImages = 0; ///< that it is, or would be, chosen on
    std::size_t validationImages = 0; ///< that there are
    std::int64_t tried = 0; ///< configurations so far, of the search in front
    std::size_t testImages = 0;
    std::size_t confirmations = 0; ///< how often these test images were used before

    bool operator==(const HonestyFacts&) const = default;
};

/// Which images are chosen on, how many configurations were tried, how often the test images were
/// used: always in sight, since the best of many looks better than it is.
class HonestyStrip : public QFrame {
    Q_OBJECT

public:
    explicit HonestyStrip(QWidget* parent = nullptr);

    void setFacts(const HonestyFacts& facts);
    QString text() const;

private:
    QLabel* m_text;
};

/// "Choosing on 5,000 validation images · 240 configurations tried · 10,000 test images, used twice
/// so far"
QString honestyText(const HonestyFacts& facts);

} // namespace augury
