// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/workspace.h"

#include "views/theme/themeicon.h"

#include <QDockWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Raised when a saved layout of an older version would not fit any more.
constexpr int LayoutVersion = 1;

} // namespace

Workspace::Workspace(QWidget *liveView, QWidget *parent)
    : QMainWindow(parent, Qt::Widget)
    , m_tabs(new QTabWidget(this))
{
    setObjectName(u"workspace"_s);
    setDockNestingEnabled(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    // What stands below the table takes the full width, so that a panel at its side does not squeeze it.
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setContextMenuPolicy(Qt::NoContextMenu);

    m_tabs->setObjectName(u"tabs"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->setMovable(false);
    m_tabs->setTabBarAutoHide(true);
    m_tabs->addTab(liveView, tr("Live"));
    setCentralWidget(m_tabs);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { emit currentPageChanged(currentPage()); });
}

Workspace::~Workspace()
{
    // Closing down is no change of page for anybody.
    m_tabs->disconnect(this);
}

QDockWidget *Workspace::addPanel(
    const QString &name, const QString &title, QWidget *content, Qt::DockWidgetArea area)
{
    auto *dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(content);
    addDockWidget(area, dock);
    return dock;
}

void Workspace::showPanel(const QString &name)
{
    auto *dock = findChild<QDockWidget *>(name, Qt::FindDirectChildrenOnly);
    Q_ASSERT(dock);
    dock->show();
    dock->raise();
}

void Workspace::openTab(QWidget *page, const QIcon &icon, const QString &title, const QString &toolTip)
{
    const int index = m_tabs->addTab(page, icon, title);
    m_tabs->setTabToolTip(index, toolTip);
    m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, makeCloseButton(page));
    m_tabs->setCurrentIndex(index);
    page->setFocus();
}

/// The style's own close mark follows neither our icons nor the theme.
QToolButton *Workspace::makeCloseButton(QWidget *page)
{
    constexpr int Size = 12;
    auto *close = new QToolButton(m_tabs->tabBar());
    close->setIcon(themeIcon(u"close"_s));
    close->setIconSize({Size, Size});
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::NoFocus);
    close->setToolTip(tr("Close (Ctrl+W)"));
    close->setAccessibleName(tr("Close tab"));
    connect(close, &QToolButton::clicked, this, [this, page] { closeTab(page); });
    return close;
}

void Workspace::setTabTitle(QWidget *page, const QString &title)
{
    m_tabs->setTabText(m_tabs->indexOf(page), title);
}

void Workspace::closeTab(QWidget *page)
{
    removeTab(m_tabs->indexOf(page));
}

void Workspace::closeCurrentTab()
{
    removeTab(m_tabs->currentIndex());
}

void Workspace::showLive()
{
    m_tabs->setCurrentIndex(0);
}

bool Workspace::showPage(QWidget *page)
{
    const int index = m_tabs->indexOf(page);
    if (index < 0)
        return false;
    m_tabs->setCurrentIndex(index);
    return true;
}

QWidget *Workspace::currentPage() const
{
    return m_tabs->currentWidget();
}

void Workspace::removeTab(int index)
{
    if (index <= 0)
        return;
    QWidget *page = m_tabs->widget(index);
    m_tabs->removeTab(index);
    page->deleteLater();
}

QByteArray Workspace::layoutState() const
{
    return saveState(LayoutVersion);
}

bool Workspace::restoreLayout(const QByteArray &state)
{
    return restoreState(state, LayoutVersion);
}

void Workspace::rememberDefault()
{
    m_defaultLayout = layoutState();
}

void Workspace::resetLayout()
{
    restoreState(m_defaultLayout, LayoutVersion);
}

} // namespace poolscope
