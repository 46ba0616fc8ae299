// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/plain_text.h"

#include <QTest>

using namespace augury;

class PlainTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leavesPlainTextAlone_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("words") << QStringLiteral("T-shirt/top");
        QTest::newRow("lines") << QStringLiteral("a & b\nc < d");
        QTest::newRow("path") << QStringLiteral("C:\\data\\x > y");
    }

    void leavesPlainTextAlone()
    {
        QFETCH(QString, text);
        QCOMPARE(plainToolTip(text), text);
    }

    void namesThatLookLikeHtmlAreShownAsTheyAre_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("bold") << QStringLiteral("<b>cat</b>");
        QTest::newRow("image") << QStringLiteral("<img src=\"file:///x.png\"> & more");
        QTest::newRow("lines") << QStringLiteral("<i>first</i>\nsecond &amp; third");
    }

    void namesThatLookLikeHtmlAreShownAsTheyAre()
    {
        QFETCH(QString, text);
        QVERIFY(Qt::mightBeRichText(text));
        QTextDocument shown;
        shown.setHtml(plainToolTip(text));
        QCOMPARE(shown.toPlainText(), text);
    }
};

QTEST_GUILESS_MAIN(PlainTextTest)
#include "tst_plain_text.moc"
