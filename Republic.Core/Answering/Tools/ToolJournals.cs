using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Answering.Tools;

/// <summary>Opens the record of an answer's tool calls.</summary>
internal sealed class ToolJournals(IDbContextFactory<RepublicDb> databases, AuditLog audit, LiveEvents live, TimeProvider time)
{
    public IToolJournal Open(ToolOrder order) => new ToolJournal(databases, audit, live, time, order);
}
