// SPDX-License-Identifier: GPL-3.0-or-later
// A picture on whole device pixels, and the view that enlarges one.
#include "tests/ui/inspect_data.h"
#include "ui/widgets/picture_paint.h"
#include "ui/widgets/picture_view.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>

using namespace augury;
using inspect_data::picture;
using inspect_data::pixelsOf;

class TestPictureView : public QObject {
    Q_OBJECT

public:
    static void initMain() // the factors below are of device pixels
    {
        qputenv("QT_SCALE_FACTOR", "1");
    }

private Q_SLOTS:
    void picturesKeepWholePixels_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::addColumn<QSizeF>("room");
        for (const double ratio : {1.0, 1.25, 1.5, 2.0})
            for (const QSizeF room : {QSizeF(112, 112), QSizeF(301, 200.4), QSizeF(28, 60)})
                QTest::addRow("%.2f, %.0f wide", ratio, room.width()) << ratio << room;
    }

    void picturesKeepWholePixels()
    {
        QFETCH(double, ratio);
        QFETCH(QSizeF, room);
        const QImage source = picture(28, 20, true, 2);
        QImage image(int(400 * ratio), int(400 * ratio), QImage::Format_RGB32);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::magenta);
        QRectF place;
        {
            QPainter painter(&image);
            painter.translate(7.3, 11.1); // as within a window, off the device's pixels
            place = paintPicture(painter, QRectF(QPointF(3, 5), room), source, PictureScale::Whole);
            place.translate(7.3, 11.1);
        }
        const int factor =
            int(std::floor(std::min(room.width() * ratio / 28, room.height() * ratio / 20) + 1e-9));
        QVERIFY(factor >= 1);
        const QPointF corner = place.topLeft() * ratio;
        QVERIFY(qAbs(corner.x() - qRound(corner.x())) < 1e-6);
        QCOMPARE(qRound(place.width() * ratio), 28 * factor);
        const QImage expected =
            source.scaled(28 * factor, 20 * factor).convertToFormat(QImage::Format_RGB32);
        QImage found = image.copy(QRect(corner.toPoint(), expected.size()));
        found.setDevicePixelRatio(1);
        QCOMPARE(found, expected);
        QCOMPARE(pixelsOf(image, Qt::magenta, image.rect()),
            image.width() * image.height() - expected.width() * expected.height());
    }

    void pictureViewFitsAndZooms()
    {
        PictureView view;
        view.setPicture(picture(28, 28, true));
        view.setCaption(QStringLiteral("Test image 4711"), QStringLiteral("cat 63 %"), Mark::Fixed);
        view.resize(260, 300);
        QCOMPARE(view.accessibleName(), QStringLiteral("Test image 4711"));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("cat 63 %, fixed by TTA")));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("28 × 28 pixels")));
        QCOMPARE(view.zoom(), 0);
        QCOMPARE(view.picturePlace().size(), QSizeF(224, 224)); // 8 × 28 of 248
        view.setSmooth(true);
        QCOMPARE(view.picturePlace().size(), QSizeF(248, 248));
        view.setSmooth(false);

        std::vector<int> factors;
        connect(
            &view, &PictureView::zoomChanged, this, [&](int factor) { factors.push_back(factor); });
        for (int i = 0; i < 8; ++i)
            QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(factors, (std::vector<int>{10, 12, 16, 20, 24, 32})); // and no further
        QCOMPARE(view.picturePlace().width(), 28.0 * 32);
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("enlarged 32 times")));

        // Dragging takes it along, but never off the room.
        const QPointF before = view.picturePlace().topLeft();
        QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(100, 100));
        QTest::mouseMove(&view, QPoint(130, 90));
        QCOMPARE(view.picturePlace().topLeft() - before, QPointF(30, -10));
        QTest::mouseMove(&view, QPoint(5000, 5000));
        QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(5000, 5000));
        QCOMPARE(view.picturePlace().topLeft(), QPointF(6, 6));
        QTest::mouseMove(&view, QPoint(20, 20));
        QCOMPARE(view.picturePlace().topLeft(), QPointF(6, 6)); // released
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.picturePlace().topLeft(), QPointF(6 - 40, 6));

        view.setPicture(picture(28, 28, false)); // the next of the same kind keeps the zoom
        QCOMPARE(view.zoom(), 32);
        for (int i = 0; i < 7; ++i)
            QTest::keyClick(&view, Qt::Key_Minus);
        QCOMPARE(view.zoom(), 0);
        view.setZoom(16);
        view.setPicture(picture(100, 50, false));
        QCOMPARE(view.zoom(), 0);
        view.setZoom(16);
        QTest::keyClick(&view, Qt::Key_0);
        QCOMPARE(view.zoom(), 0);
    }

    void theNumberIsNeverCut_data()
    {
        QTest::addColumn<bool>("apart");
        QTest::addColumn<QString>("number");
        for (const char* number : {"100.0 %", "7 %", "99,7 %"}) {
            QTest::addRow("apart, %s", number) << true << QString::fromUtf8(number);
            QTest::addRow("one text, %s", number) << false << QString::fromUtf8(number);
        }
    }

    void theNumberIsNeverCut()
    {
        QFETCH(bool, apart);
        QFETCH(QString, number);
        const QString name = QStringLiteral("five-pointed star");
        PictureView view;
        view.setPicture(picture(28, 28, true));
        if (apart)
            view.setCaption(QStringLiteral("Original"), name, number, Mark::Right);
        else
            view.setCaption(
                QStringLiteral("Original"), name + QLatin1Char(' ') + number, Mark::Right);
        QVERIFY(view.accessibleDescription().startsWith(
            QStringLiteral("five-pointed star %1, right").arg(number)));
        const QFontMetricsF metrics(view.font());
        const double mark = std::ceil(metrics.height()) + 3;
        bool cut = false;
        bool whole = false;
        for (int width = 90; width < 400; width += 7) {
            view.resize(width, 200);
            const QString shown = view.shownVote();
            QVERIFY2(shown.endsWith(number), qPrintable(shown));
            QVERIFY(metrics.horizontalAdvance(shown) <= width - 12 - mark + 0.5);
            const QString rest = shown.chopped(number.size()).trimmed();
            whole = whole || rest == name;
            cut = cut || rest.endsWith(QChar(0x2026));
            QVERIFY(rest.isEmpty() || rest == name
                || (rest.endsWith(QChar(0x2026)) && name.startsWith(rest.chopped(1).trimmed())));
        }
        QVERIFY(cut);
        QVERIFY(whole);
    }

    void captionsWithoutANumberAreElided()
    {
        PictureView view;
        view.resize(120, 160);
        const QString words = QStringLiteral("a class of very many words, and no number");
        view.setCaption(QStringLiteral("Original"), words);
        QVERIFY(view.shownVote().endsWith(QChar(0x2026)));
        QVERIFY(words.startsWith(view.shownVote().chopped(1).trimmed()));
        QVERIFY(view.accessibleDescription().contains(words));
        view.setCaption(QStringLiteral("Original"), QStringLiteral("9")); // MNIST's class
        QCOMPARE(view.shownVote(), QStringLiteral("9"));
        view.setCaption({});
        QVERIFY(view.shownVote().isEmpty());

        view.setCaption(QStringLiteral("Original"), words, QStringLiteral("61 %"));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QPoint below(view.width() / 2, view.height() - 8);
        QHelpEvent help(QEvent::ToolTip, below, view.mapToGlobal(below));
        QApplication::sendEvent(&view, &help);
        QCOMPARE(QToolTip::text(), words + QStringLiteral(" 61 %"));
        QToolTip::hideText();
    }

    void focusIsARingAndNothingElse()
    {
        PictureView view;
        const QPalette palette = inspect_data::paletteOf(true);
        view.setPalette(palette);
        view.setBackgroundRole(QPalette::Base);
        view.setAutoFillBackground(true);
        view.resize(200, 200);
        view.show();
        view.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        view.clearFocus();
        const QImage without = view.grab().toImage();
        view.setFocus(Qt::TabFocusReason);
        const QImage with = view.grab().toImage();
        const QRect inner = with.rect().adjusted(2, 2, -2, -2);
        QCOMPARE(with.copy(inner), without.copy(inner));
        QCOMPARE(pixelsOf(with, palette.color(QPalette::Highlight), with.rect()),
            with.width() * with.height() - inner.width() * inner.height());
    }

    void wheelZoomsAtThePointer()
    {
        PictureView view;
        view.setPicture(picture(28, 28, true));
        view.resize(248, 248);
        const QPointF pointer(70, 190);
        const auto underPointer = [&] {
            const QRectF place = view.picturePlace();
            return QPointF((pointer.x() - place.left()) / place.width(),
                (pointer.y() - place.top()) / place.height());
        };
        const auto turn = [&](int angle, Qt::KeyboardModifiers modifiers) {
            QWheelEvent wheel(pointer, view.mapToGlobal(pointer), {}, {0, angle}, Qt::NoButton,
                modifiers, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&view, &wheel);
            return wheel.isAccepted();
        };
        const QPointF before = underPointer();
        QVERIFY(!turn(120, {})); // scrolls the page
        QCOMPARE(view.zoom(), 0);
        QVERIFY(turn(60, Qt::ControlModifier)); // half a notch
        QCOMPARE(view.zoom(), 0);
        QVERIFY(turn(60, Qt::ControlModifier));
        QVERIFY(turn(240, Qt::ControlModifier));
        QCOMPARE(view.zoom(), 16);
        QVERIFY((underPointer() - before).manhattanLength() < 1e-6);
        QVERIFY(turn(-120 * 10, Qt::ControlModifier));
        QCOMPARE(view.zoom(), 0);
    }

    void arrowsAreLeftToThePageUnlessZoomed()
    {
        PictureView view;
        view.resize(200, 200);
        view.setPicture(picture(28, 28, true));
        QKeyEvent key(QEvent::KeyPress, Qt::Key_Left, {});
        key.accept();
        QApplication::sendEvent(&view, &key);
        QVERIFY(!key.isAccepted());
        view.setZoom(32);
        key.accept();
        QApplication::sendEvent(&view, &key);
        QVERIFY(key.isAccepted());
        view.setPicture({});
        view.setEmptyText(QStringLiteral("Nothing here yet"));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("Nothing here yet")));
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(TestPictureView)
#include "tst_picture_view.moc"
