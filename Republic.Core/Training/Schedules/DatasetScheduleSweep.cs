using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>Makes the runs of schedules with datasets, each of which is made in a moment.</summary>
internal sealed class DatasetScheduleSweep(
    IDbContextFactory<RepublicDb> databases,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<DatasetScheduleSweep> log
) : ScheduleSweep(RunOrigin.Datasets, databases, scopes, time, log);
