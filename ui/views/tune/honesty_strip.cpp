// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/views/tune/honesty_strip.h"

#include "ui/session/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

namespace augury {

namespace {

QString number(std::size_t n)
{
    return QLocale().toString(static_cast<qulonglong>(n));
}

QString choosing(const HonestyFacts& facts)
{
    if (facts.validationImages == 0)
        return HonestyStrip::tr("No validation images to choose on");
    const auto all = countText(static_cast<qint64>(facts.validationImages),
        HonestyStrip::tr("%1 validation image"), HonestyStrip::tr("%1 validation images"));
    if (facts.searchImages > 0 && facts.searchImages < facts.validationImages)
        return HonestyStrip::tr("Choosing on %1 of %2").arg(number(facts.searchImages), all);
    return HonestyStrip::tr("Choosing on %1").arg(all);
}

QString testing(const HonestyFacts& facts)
{
    if (facts.testImages == 0)
        return HonestyStrip::tr("no test images");
    const auto images = countText(static_cast<qint64>(facts.testImages),
        HonestyStrip::tr("%1 test image"), HonestyStrip::tr("%1 test images"));
    if (facts.confirmations == 0)
        return HonestyStrip::tr("%1, nothing confirmed on them yet").arg(images);
    return HonestyStrip::tr("%1, confirmed on %2 so far")
        .arg(images,
            countText(static_cast<qint64>(facts.confirmations), HonestyStrip::tr("once"),
                HonestyStrip::tr("%1 times")));
}

} // namespace

HonestyStrip::HonestyStrip(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel(this))
{
    setFrameShape(QFrame::StyledPanel);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setToolTip(
        tr("<p>Configurations are compared on validation images, which the network was not "
           "trained on. The best of many looks better than it is, the more so the more were "
           "tried.</p><p>What it is really worth is measured once, on the test images: with "
           "Confirm on test. Whoever chooses by looking at the test images again and again "
           "fools themselves, so every confirmation is counted. Inspect, Train and Compare show "
           "figures "
           "of the test images, too: do not choose by those.</p>"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 4, 8, 4);
    row->addWidget(m_text, 1);
    setFacts({});
}

void HonestyStrip::setFacts(const HonestyFacts& facts)
{
    const auto text = honestyText(facts);
    if (text != m_text->text())
        m_text->setText(text);
}

QString HonestyStrip::text() const
{
    return m_text->text();
}

QString honestyText(const HonestyFacts& facts)
{
    const auto tried = facts.tried == 0
        ? HonestyStrip::tr("nothing tried yet")
        : countText(facts.tried, HonestyStrip::tr("%1 configuration tried"),
            HonestyStrip::tr("%1 configurations tried"));
    return QStringList{unbroken(choosing(facts)), unbroken(tried), unbroken(testing(facts))}.join(
        QStringLiteral(" · "));
}

} // namespace augury
