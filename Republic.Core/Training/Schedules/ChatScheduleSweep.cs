using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>Makes the runs of schedules from chats. Apart from the others, which need not wait until chats are read.</summary>
internal sealed class ChatScheduleSweep(
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<ChatScheduleSweep> log
) : ScheduleSweep(RunOrigin.Interactions, databases, scopes, time, log);
