using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Tests.World;

/// <summary>A republic that works on <see cref="HandWork"/>, and loses patience with silent nodes soon.</summary>
[CollectionDefinition(nameof(JobWorld))]
public sealed class JobWorld(TestDatabases databases) : RunningRepublic(databases), ICollectionFixture<JobWorld>
{
    public HandWork Work { get; } = new();

    protected override IEnumerable<(string Key, string Value)> Settings =>
        [("Jobs:Heartbeat", "00:00:00.1"), ("Jobs:Silence", "00:00:01"), ("Jobs:SweepEvery", "00:00:00.2"), ("Jobs:AtOnce", "8")];

    protected override void Arrange(IServiceCollection services) =>
        services.AddSingleton(Work).AddJob<HandWork>(HandWork.Name).AddJob<HandWork>(HandWork.OnePerPerson, perPerson: _ => 1);

    public static Job NewJob(Guid owner, string kind = HandWork.Name) =>
        new()
        {
            OwnerId = owner,
            Kind = kind,
            Subject = Guid.CreateVersion7(),
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };

    /// <summary>A job of Jonas's that has been asked for as a feature does it.</summary>
    public Task<Job> StartAsync() => StartAsync(NewJob(Jonas.Id));

    public async Task<Job> StartAsync(Job job)
    {
        await AddAsync(job);
        await Services.GetRequiredService<JobControl>().StartAsync(job);
        return job;
    }

    public Task<int> AddAsync(Job job) =>
        QueryAsync(db =>
        {
            db.Jobs.Add(job);
            return db.SaveChangesAsync();
        });

    public Task<Job> ReadAsync(Guid job) => QueryAsync(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Id == job));

    public async Task<Job> UntilAsync(Guid job, Func<Job, bool> condition)
    {
        await Until.TrueAsync(async () => condition(await ReadAsync(job)));
        return await ReadAsync(job);
    }

    public Task<Job> EndOfAsync(Guid job) => UntilAsync(job, j => !j.IsActive);

    /// <summary>What another node does to a job in the database.</summary>
    public Task<int> ExecuteAsync(FormattableString sql) => QueryAsync(db => db.Database.ExecuteSqlAsync(sql));

    public Task<string?> NameOfJonasAsync() =>
        QueryAsync(db => db.Citizens.Where(c => c.Id == Jonas.Id).Select(c => (string?)c.DisplayName).SingleOrDefaultAsync());

    /// <summary>A result that a test can find in the database: Jonas is called otherwise.</summary>
    public JobResult Renames(string name, Action? discard = null) =>
        new(
            (db, ct) => db.Citizens.Where(c => c.Id == Jonas.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.DisplayName, name), ct),
            discard ?? (() => { })
        );
}
