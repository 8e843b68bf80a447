// SPDX-FileCopyrightText: 2026 The PoolScope authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "views/window/snapshotview.h"

#include "model/core/duration.h"
#include "views/system/systembar.h"
#include "views/table/tablepanel.h"
#include "views/window/banner.h"

#include <QVBoxLayout>

namespace poolscope {

using namespace Qt::Literals::StringLiterals;

QString snapshotHeadline(const Snapshot &snapshot)
{
    const Sample &sample = *snapshot.sample;
    const QString when = toDateTime(sample.wall).toString(u"yyyy-MM-dd HH:mm:ss"_s);
    const QString host =
        sample.origin->host.isEmpty() ? QString() : SnapshotView::tr(" on %1").arg(sample.origin->host);
    QString text = SnapshotView::tr("Snapshot “%1”, taken %2 from %3%4. Read-only.")
                       .arg(snapshot.label, when, sample.origin->uri, host);
    if (!snapshot.note.isEmpty())
        text += u'\n' + snapshot.note;
    return text;
}

SnapshotView::SnapshotView(const Snapshot &snapshot, QWidget *parent)
    : QWidget(parent)
    , m_id(snapshot.id)
    , m_table(new TablePanel(this))
{
    auto *headline =
        new Banner({BannerKind::Notice, snapshotHeadline(snapshot), {}, u"snapshot"_s, false}, this);
    headline->setObjectName(u"snapshotHeadline"_s);
    auto *system = new SystemBar(this);
    const FramePtr frame = snapshotFrame(snapshot.sample);
    system->setFrame(frame);
    m_table->setReadOnlySnapshot();
    m_table->model()->setFrame(frame);
    setFocusProxy(m_table);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(headline);
    layout->addWidget(system);
    layout->addWidget(m_table, 1);
}

void SnapshotView::setNumberStyle(NumberStyle style)
{
    m_table->setNumberStyle(style);
}

} // namespace poolscope
