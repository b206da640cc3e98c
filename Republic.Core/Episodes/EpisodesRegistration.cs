using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Playing;
using Republic.Core.Episodes.Reading;
using Republic.Core.Episodes.Rows;
using Republic.Core.Jobs;

namespace Republic.Core.Episodes;

public static class EpisodesRegistration
{
    /// <summary>Of one person, so that others are not kept waiting by somebody who has many episodes played.</summary>
    private const int PerPerson = 2;

    public static IServiceCollection AddEpisodes(this IServiceCollection services)
    {
        services.AddSingleton<EpisodeMachines>();
        services.AddSingleton<TimelineServices>();
        services.AddSingleton<CastChoices>();
        services.AddSingleton<EpisodeCards>();
        services.AddSingleton<EpisodeReader>();
        services.AddSingleton<EpisodeJournalReader>();
        services.AddSingleton<EpisodeEvents>();
        services.AddScoped<EpisodeChanges>();
        services.AddScoped<EpisodeEditor>();
        services.AddScoped<EpisodeControl>();
        services.AddScoped<EpisodeForks>();
        services.AddScoped<EpisodeDataset>();
        services.AddTransient<PlayerLoader>();
        services.AddSingleton<LabelChooser>();
        services.AddSingleton<CallWatchdog>();
        services.AddSingleton<StepTools>();
        services.AddTransient<StepServices>();
        services.AddTransient<StepPlay>();
        services.AddSingleton<EpisodeWorkServices>();
        services.AddSingleton<EpisodeResumer>();
        services.AddSingleton<ITurnResumer>(provider => provider.GetRequiredService<EpisodeResumer>());
        services.AddSingleton<LearnerInterview>();
        services.AddScoped<IJobStopper, EpisodeJobStopper>();
        Sweep.AddTo<EpisodeSweep>(services);
        services.AddJob<EpisodeWork>(EpisodeWork.KindOfJob, AtOnce, perPerson: _ => PerPerson);
        services.AddJob<LearnerWork>(LearnerWork.KindOfJob, AtOnce, perPerson: _ => 1);
        return services;
    }

    /// <summary>Providers that hang must not keep a node from all other work.</summary>
    private static int AtOnce(IServiceProvider provider) =>
        Math.Max(1, provider.GetRequiredService<IOptions<JobOptions>>().Value.AtOnce - 1);
}
