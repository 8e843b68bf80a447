// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/table/tablepanel.h"

#include "views/table/tagtableview.h"
#include "views/table/totalsbar.h"
#include "views/theme/themecolors.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

QToolButton *makeToggle(const QString &text, const QString &name, const QString &toolTip, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setCheckable(true);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    // A click must not take the table's keys away.
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

TablePanel::TablePanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new TagTableModel(this))
    , m_view(new TagTableView(m_model, this))
    , m_totals(new TotalsBar(m_view, this))
    , m_waitingText(
          tr("Nothing is open yet. Choose a source in the Source menu, or drop a recording or a log here."))
{
    m_view->setObjectName(u"tagTable"_s);
    m_totals->setObjectName(u"totalsBar"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeFilterRow());
    layout->addWidget(m_filterError);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_totals);
    connectView();
    applyColors();
    updateEmptyText();
}

QAbstractButton *TablePanel::makeTypeButton(
    TypeFilter types, const QString &text, const QString &name, const QString &toolTip)
{
    QToolButton *button = makeToggle(text, name, toolTip, this);
    m_typeButtons->addButton(button, static_cast<int>(types));
    return button;
}

QWidget *TablePanel::makeFilterRow()
{
    auto *row = new QWidget(this);
    m_typeButtons = new QButtonGroup(this);
    QAbstractButton *all = makeTypeButton(
        TypeFilter::All, tr("All"), u"typeAll"_s, tr("Tags of every pool type (P cycles through the types)"));
    all->setChecked(true);
    QAbstractButton *nonpaged = makeTypeButton(TypeFilter::Nonpaged, tr("Nonpaged"), u"typeNonpaged"_s,
        tr("Only nonpaged pool; on Linux unreclaimable slab memory"));
    QAbstractButton *paged = makeTypeButton(TypeFilter::Paged, tr("Paged"), u"typePaged"_s,
        tr("Only paged pool; on Linux reclaimable slab memory"));

    m_filterEdit = new QLineEdit(row);
    m_filterEdit->setObjectName(u"filterEdit"_s);
    m_filterEdit->setPlaceholderText(tr("Filter: name, kmalloc-*, !exclude, /regex/, bytes>1M, rate>100K"));
    m_filterEdit->setClearButtonEnabled(true);
    m_filterEdit->setAccessibleName(tr("Filter"));
    m_filterEdit->setToolTip(tr("Terms separated by blanks must all hold:\n"
                                "pipe\tpart of the tag or driver\n"
                                "kmalloc-*\twildcards * and ? over the whole tag\n"
                                "\"Ntfs\"\texactly this tag; a|b is either\n"
                                "/^ext4/\tregular expression\n"
                                "bytes>1M\talso diff, rate, allocs, frees, per_alloc with < <= >= and K M G\n"
                                "!term\tnot"));
    m_growingOnly = new QCheckBox(tr("growing only"), row);
    m_growingOnly->setObjectName(u"growingOnly"_s);
    m_growingOnly->setToolTip(tr("Only tags whose rate is above 0"));
    m_growingOnly->setFocusPolicy(Qt::TabFocus);
    m_sortByChange = makeToggle(tr("by Δ"), u"sortByChange"_s,
        tr("Sort by the change since the last sample instead of the value (key: parenthesis)"), row);
    m_sortByChange->setAccessibleName(tr("Sort by change"));
    m_holdOrder = makeToggle(tr("Hold"), u"holdOrder"_s,
        tr("Rows keep their places while this is on (or while Shift is down)"), row);
    m_holdOrder->setAccessibleName(tr("Hold order"));

    m_filterError = new QLabel(this);
    m_filterError->setObjectName(u"filterError"_s);
    m_filterError->setTextFormat(Qt::PlainText);
    m_filterError->setWordWrap(true);
    m_filterError->setContentsMargins(6, 2, 6, 4);
    m_filterError->setAutoFillBackground(true);
    m_filterError->hide();

    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(4, 4, 4, 4);
    layout->setSpacing(4);
    for (QAbstractButton *button : {all, nonpaged, paged})
        layout->addWidget(button);
    layout->addSpacing(4);
    layout->addWidget(m_filterEdit, 1);
    layout->addSpacing(4);
    layout->addWidget(m_growingOnly);
    layout->addWidget(m_sortByChange);
    layout->addWidget(m_holdOrder);
    return row;
}

void TablePanel::connectView()
{
    connect(m_filterEdit, &QLineEdit::textChanged, this, &TablePanel::applyFilter);
    connect(m_filterEdit, &QLineEdit::returnPressed, this, [this] { m_view->setFocus(); });
    connect(m_growingOnly, &QCheckBox::toggled, this, &TablePanel::applyFilter);
    connect(m_typeButtons, &QButtonGroup::idClicked, this,
        [this](int id) { setTypeFilter(static_cast<TypeFilter>(id)); });

    connect(m_sortByChange, &QAbstractButton::clicked, m_model, &TagTableModel::setSortByChange);
    connect(m_model, &TagTableModel::sortSpecChanged, this,
        [this] { m_sortByChange->setChecked(m_model->sortSpec().byChange); });
    connect(m_holdOrder, &QAbstractButton::clicked, m_view, &TagTableView::setHoldOrder);
    connect(m_view, &TagTableView::holdOrderChanged, m_holdOrder, &QAbstractButton::setChecked);

    connect(m_view, &TagTableView::typeFilterCycled, this, &TablePanel::cycleTypeFilter);
    connect(m_view, &TagTableView::totalsToggled, this, [this] { setTotalsVisible(!areTotalsVisible()); });
    connect(m_view, &TagTableView::filterTagRequested, this, [this](const Tag &tag, bool exclude) {
        setFilterText(
            exclude ? TagFilter::excluding(filterText(), tag) : TagFilter::including(filterText(), tag));
    });
    connect(m_model, &TagTableModel::frameApplied, this, &TablePanel::updateEmptyText);
    connect(m_model, &TagTableModel::frameApplied, this, &TablePanel::updateTypeNames);
    connect(m_model, &TagTableModel::filterChanged, this, &TablePanel::updateEmptyText);
    connect(m_model, &TagTableModel::modelReset, this, &TablePanel::updateEmptyText);
}

void TablePanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyColors();
}

void TablePanel::applyColors()
{
    const ThemeColors colors = ThemeColors::of(palette());
    QPalette banner = palette();
    banner.setColor(QPalette::Window, colors.errorBanner);
    banner.setColor(QPalette::WindowText, colors.bannerText);
    m_filterError->setPalette(banner);
}

void TablePanel::setPins(PinList *pins)
{
    m_view->setPins(pins);
}

void TablePanel::setReadOnlySnapshot()
{
    m_isSnapshot = true;
    for (const TagColumn column : {TagColumn::Pin, TagColumn::Trend, TagColumn::Rate})
        m_view->setColumnHidden(static_cast<int>(column), true);
    m_growingOnly->hide();
    m_sortByChange->hide();
    m_holdOrder->hide();
}

QString TablePanel::filterText() const
{
    return m_filterEdit->text();
}

void TablePanel::setFilterText(const QString &text)
{
    m_filterEdit->setText(text);
}

void TablePanel::setTypeFilter(TypeFilter types)
{
    m_types = types;
    m_typeButtons->button(static_cast<int>(types))->setChecked(true);
    applyFilter();
}

/// As the type column's words.
void TablePanel::updateTypeNames()
{
    const bool slab = m_model->sourceKind() == SourceKind::Slab;
    const auto name = [this](TypeFilter types, const QString &text) {
        QAbstractButton *button = m_typeButtons->button(static_cast<int>(types));
        if (button->text() != text)
            button->setText(text);
    };
    name(TypeFilter::Nonpaged, slab ? tr("Unreclaimable") : tr("Nonpaged"));
    name(TypeFilter::Paged, slab ? tr("Reclaimable") : tr("Paged"));
}

void TablePanel::setGrowingOnly(bool on)
{
    m_growingOnly->setChecked(on);
}

void TablePanel::cycleTypeFilter()
{
    switch (m_types) {
    case TypeFilter::All:
        setTypeFilter(TypeFilter::Nonpaged);
        break;
    case TypeFilter::Nonpaged:
        setTypeFilter(TypeFilter::Paged);
        break;
    case TypeFilter::Paged:
        setTypeFilter(TypeFilter::All);
        break;
    }
}

void TablePanel::applyFilter()
{
    const TagFilter::Parsed parsed = TagFilter::fromExpression(m_filterEdit->text());
    if (parsed.error) {
        m_filterError->setText(
            tr("Filter, character %1: %2").arg(parsed.error->position + 1).arg(parsed.error->text));
    } else {
        m_lastValid = parsed.filter;
    }
    m_filterError->setVisible(parsed.error.has_value());
    TagFilter filter = m_lastValid;
    filter.setTypes(m_types);
    filter.setGrowingOnly(m_growingOnly->isChecked());
    m_model->setFilter(filter);
    emit filterChanged();
}

void TablePanel::setTotalsVisible(bool on)
{
    if (on == areTotalsVisible())
        return;
    m_totals->setVisible(on);
    emit totalsVisibleChanged(on);
}

bool TablePanel::areTotalsVisible() const
{
    return !m_totals->isHidden();
}

void TablePanel::setNumberStyle(NumberStyle style)
{
    m_model->setNumberStyle(style);
}

void TablePanel::focusFilter()
{
    m_filterEdit->setFocus(Qt::ShortcutFocusReason);
    m_filterEdit->selectAll();
}

void TablePanel::setWaitingText(const QString &text)
{
    m_waitingText = text;
    updateEmptyText();
}

void TablePanel::updateEmptyText()
{
    if (m_model->frame() == nullptr)
        m_view->setEmptyText(m_waitingText);
    else if (m_model->filter().isEmpty())
        m_view->setEmptyText(tr("The source has no tags."));
    else
        m_view->setEmptyText(tr("No tag matches the filter."));
}

} // namespace poolscope
