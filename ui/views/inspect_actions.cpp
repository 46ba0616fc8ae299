// SPDX-License-Identifier: GPL-3.0-or-later
// The Inspect page's tool bar, keys and exports.
#include "ui/views/inspect_view.h"

#include "core/experiment/variants_json.h"
#include "core/support/atomic_file.h"
#include "ui/session/file_path.h"
#include "ui/session/look_document.h"
#include "ui/views/inspect_bar.h"
#include "ui/views/look_view.h"
#include "ui/views/query_rows.h"
#include "ui/widgets/contact_sheet.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/message_bar.h"

#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QToolBar>
#include <QToolButton>

#include <memory>

namespace augury {

namespace {

ContactSheet contactSheetOf(const ImageLook& look)
{
    ContactSheet sheet;
    sheet.variants = look.variants;
    sheet.classNames = look.classNames;
    sheet.label = look.label;
    sheet.name = look.name.toStdString();
    if (!look.dataName.empty()) {
        auto name = look.name;
        name[0] = name[0].toLower();
        sheet.name = look.dataName + ", " + name.toStdString();
    }
    sheet.vote = look.config.vote;
    sheet.copies = look.copies();
    return sheet;
}

} // namespace

void InspectView::buildActions()
{
    const auto key = [this](const QKeySequence& keys, auto run) {
        auto* action = new QAction(this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        return action;
    };
    key(QKeySequence(Qt::Key_F), [this] { m_bar->rows()->toggleFilter(ImageFilter::Fixed); });
    key(QKeySequence(Qt::Key_B), [this] { m_bar->rows()->toggleFilter(ImageFilter::Broken); });
    key(QKeySequence(Qt::Key_W), [this] { m_bar->rows()->toggleFilter(ImageFilter::BothWrong); });

    key(QKeySequence(Qt::Key_E), [this] {
        if (m_bar->evaluateButton()->isEnabled())
            m_inspector.evaluate();
    });

    m_drawAgain = key(QKeySequence(Qt::Key_D), [this] { m_inspector.drawAgain(); });
    m_drawAgain->setText(tr("Draw again"));
    // Space itself is taken by the grid and the tiles: elsewhere it presses buttons.
    m_pinImage = new QAction(tr("Pin image"), this);
    m_pinImage->setToolTip(
        tr("Keep this image beside the next ones, with the settings of this moment (Space)"));
    m_pinSettings = new QAction(tr("Pin settings"), this);
    m_pinSettings->setToolTip(tr("Keep the present settings, and see every image under them and "
                                 "under the next ones (Shift+Space)"));
    m_smooth = new QAction(tr("Smooth"), this);
    m_smooth->setToolTip(tr("Smooth the pictures; else every pixel is shown as it is"));
    m_asSeen = new QAction(tr("As the network sees it"), this);
    m_asSeen->setToolTip(tr("The pixels after the model's normalisation, from black for the least "
                            "value that there is to white for the largest"));
    connect(m_pinImage, &QAction::triggered, this, [this] { m_inspector.pinImage(); });
    connect(m_pinSettings, &QAction::triggered, this, [this] { m_inspector.pinSettings(); });
    connect(m_smooth, &QAction::toggled, this, [this](bool on) {
        m_stage->setSmooth(on);
        m_pinned->setSmooth(on);
    });
    connect(m_asSeen, &QAction::toggled, this, [this](bool on) {
        m_stage->setAsSeen(on);
        m_pinned->setAsSeen(on);
    });
    for (auto* action : {m_pinImage, m_pinSettings, m_smooth, m_asSeen})
        action->setCheckable(true);
    m_tools->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_tools->setIconSize({16, 16});
    for (auto* action : {m_drawAgain, m_pinImage, m_pinSettings})
        m_tools->addAction(action);
    for (auto* action : {m_smooth, m_asSeen}) { // how one looks: not done, but on or off
        auto* box = new QCheckBox(action->text(), m_tools);
        box->setToolTip(action->toolTip());
        connect(box, &QCheckBox::toggled, action, &QAction::setChecked);
        connect(action, &QAction::toggled, box, &QCheckBox::setChecked);
        connect(action, &QAction::changed, box,
            [box, action] { box->setEnabled(action->isEnabled()); });
        m_tools->addWidget(box);
    }
    for (auto* button : m_tools->findChildren<QToolButton*>()) {
        if (!button->defaultAction())
            continue;
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(button->defaultAction()->text());
    }
}

void InspectView::themeIcons()
{
    m_drawAgain->setIcon(themedIcon(QStringLiteral("new_seed"), palette()));
    m_pinImage->setIcon(themedIcon(QStringLiteral("pin"), palette()));
    m_pinSettings->setIcon(themedIcon(QStringLiteral("pin"), palette()));
}

std::vector<ShortcutGroup> InspectView::shortcuts() const
{
    return {
        {tr("Images"),
            {{tr("← → ↑ ↓"), tr("Choose an image, or a variant")},
                {tr("Enter"), tr("From the images to the variants, and back")},
                {QStringLiteral("F"), tr("Show what TTA fixed")},
                {QStringLiteral("B"), tr("Show what TTA broke")},
                {QStringLiteral("W"), tr("Show what is wrong both ways")},
                {QStringLiteral("E"), tr("Evaluate all images of the list")}}},
        {tr("The image"),
            {{QStringLiteral("D"), tr("Draw its copies again")},
                {tr("Space"), tr("Pin the image beside the next ones")},
                {tr("Shift+Space"), tr("Pin the settings, and compare two policies")},
                {QStringLiteral("+ − 0"), tr("Enlarge the picture, fit it again")},
                {QStringLiteral("Ctrl+E"), tr("Export the gallery (PNG) and votes (CSV)")}}},
    };
}

bool InspectView::hasResults() const
{
    return m_inspector.look() != nullptr;
}

QString InspectView::fileName() const
{
    const auto look = m_inspector.look();
    auto name = look ? QFileInfo(look->name).completeBaseName() : QStringLiteral("image");
    // Not the name of an own image itself, which may lie where this is written.
    return name.toLower().replace(QLatin1Char(' '), QLatin1Char('-')) + QStringLiteral("-votes");
}

void InspectView::saveChart(const QString& path) const
{
    const auto look = m_inspector.look();
    if (!look)
        throw Error("There is no image to write.");
    writeContactSheet(contactSheetOf(*look), toPath(path));
}

std::string InspectView::csv() const
{
    const auto look = m_inspector.look();
    if (!look)
        return {};
    return variantsCsv(look->variants, look->copies(), look->classNames, look->label);
}

std::string InspectView::json() const
{
    const auto look = m_inspector.look();
    return look ? lookDocument(*look) : std::string();
}

void InspectView::exportBoth(const QString& pngPath)
{
    const auto look = m_inspector.look();
    if (!look)
        return;
    const QFileInfo file(pngPath);
    const auto csvPath = file.dir().filePath(file.completeBaseName() + QStringLiteral(".csv"));
    if (!file.exists() && QFileInfo::exists(csvPath)) { // nobody was asked about that one
        showError(tr("%1 exists already, and the votes would take its place. Choose another name.")
                      .arg(QDir::toNativeSeparators(csvPath)));
        return;
    }
    // Many copies of large images take a while to paint.
    const auto sheet = std::make_shared<const ContactSheet>(contactSheetOf(*look));
    m_inspector.worker().start({tr("Exporting"),
        [this, sheet, pngPath, csvPath](JobContext&) -> std::function<void()> {
            writeContactSheet(*sheet, toPath(pngPath));
            writeFileAtomically(toPath(csvPath),
                variantsCsv(sheet->variants, sheet->copies, sheet->classNames, sheet->label));
            return [this, pngPath, csvPath] {
                m_message->clear();
                Q_EMIT exported(
                    tr("Wrote %1 and %2")
                        .arg(QDir::toNativeSeparators(pngPath), QFileInfo(csvPath).fileName()));
            };
        },
        [this](JobEnd end, const QString& message) {
            if (end == JobEnd::Failed)
                showError(message);
        }});
}

void InspectView::askExport()
{
    if (!hasResults())
        return;
    auto* dialog = new QFileDialog(this, tr("Export the gallery, and the votes beside it"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("PNG picture (*.png)"));
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(fileName() + QStringLiteral(".png"));
    connect(dialog, &QFileDialog::fileSelected, this, &InspectView::exportBoth);
    dialog->open();
}

} // namespace augury
