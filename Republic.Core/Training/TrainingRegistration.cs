using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Jobs;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Training.Calibration;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Exports;
using Republic.Core.Training.Grading;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Linking;
using Republic.Core.Training.Measuring;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Runs;
using Republic.Core.Training.Schedules;
using Republic.Core.Training.Steps;
using Republic.Core.Training.Versions;
using Republic.Core.Training.Weights;

namespace Republic.Core.Training;

public static class TrainingRegistration
{
    public static IServiceCollection AddTraining(this IServiceCollection services, IConfiguration configuration)
    {
        AddOptions(services, configuration);
        services.AddSingleton<TrainingFiles>();
        services.AddSingleton<TrainingQuota>();
        services.AddSingleton<RunJournals>();
        services.AddSingleton<TrainingCards>();
        services.AddSingleton<RunAnswers>();
        services.AddSingleton<TrainingLog>();
        services.AddSingleton<TrainingConfigReader>();
        services.AddSingleton<UsableRows>();
        services.AddScoped<JudgeRights>();
        services.AddScoped<RunChecks>();
        services.AddScoped<TrainingEditor>();
        services.AddScoped<StartChecks>();
        services.AddScoped<TrainingControl>();
        services.AddScoped<SmallerBase>();
        services.AddSingleton<RunEvents>();
        services.AddScoped<TrainingSchedules>();
        services.AddScoped<ScheduledRun>();
        services.AddSingleton<ScheduleHours>();
        Sweep.AddTo<HoursSweep>(services);
        Sweep.AddTo<DatasetScheduleSweep>(services);
        Sweep.AddTo<ChatScheduleSweep>(services);
        services.AddSingleton<WeightsCheck>();
        Sweep.AddTo<FormerWeights>(services);
        services.AddSingleton<IVersionedMinions, VersionedMinions>();
        services.AddScoped<MinionVersions>();
        services.AddScoped<LostAnswers>();
        services.AddScoped<RunAgain>();
        services.AddScoped<ModelVersions>();
        services.AddScoped<AdapterExports>();
        Sweep.AddTo<TrainingSweep>(services);
        services.AddSingleton<RunModelClient>();
        services.AddSingleton<AdapterTrainer>();
        services.AddSingleton<RunCollections>();
        services.AddSingleton<HeldOutLosses>();
        services.AddSingleton<RetentionQuestions>();
        services.AddSingleton<AnswerMeaning>();
        services.AddSingleton<KeptAnswers>();
        services.AddSingleton<BaselineInterview>();
        services.AddSingleton<TraitInterview>();
        services.AddSingleton<JudgeChoice>();
        services.AddScoped<JudgeOffers>();
        services.AddScoped<JudgeCheck>();
        services.AddSingleton<HeldOutInterview>();
        services.AddSingleton<Grader>();
        services.AddSingleton<LostAnswerGrading>();
        AddWork(services);
        services.AddSingleton<TrainedRows>();
        services.AddSingleton<CalibrationDraw>();
        services.AddSingleton<Calibrations>();
        return services;
    }

    private static void AddOptions(IServiceCollection services, IConfiguration configuration) =>
        services
            .AddOptions<TrainingOptions>()
            .Bind(configuration.GetSection("Training"))
            .Configure(o => o.ExternalEnabled = configuration.GetValue(TrainingOptions.EnabledSetting, o.ExternalEnabled))
            .Configure(o => o.Providers = Names(configuration[TrainingOptions.ProvidersSetting]))
            .Validate(o => o is { AtOnce: > 0, PerPerson: > 0 }, "Training:AtOnce and Training:PerPerson are above 0.")
            .Validate(o => o is { MinutesPerDay: >= 0, DiskBytesPerPerson: >= 0 }, "Limits below Training are 0, for none, or above.")
            .Validate<ProviderCatalog>(
                (o, catalog) => o.Providers.All(name => catalog.Find(name) is not null),
                "DEFAULT_PROVIDERS names a provider that the catalogue does not know. Use its names, separated by commas."
            )
            .ValidateOnStart();

    /// <summary>The steps in the order in which a run takes them, and what takes it through them to the last.</summary>
    private static void AddWork(IServiceCollection services)
    {
        services.AddSingleton<ITrainingStep, CaptureBefore>();
        services.AddSingleton<ITrainingStep, RefineDatasets>();
        services.AddSingleton<ITrainingStep, ConfigureTraits>();
        services.AddSingleton<ITrainingStep, EnhanceModel>();
        services.AddSingleton<ITrainingStep, ValidateTraits>();
        services.AddSingleton<ITrainingStep, TestPerformance>();
        services.AddSingleton<ITrainingStep, CaptureAfter>();
        services.AddSingleton<ITrainingStep, CalculateImprovements>();
        services.AddSingleton<RunPlan>();
        services.AddSingleton<RunFinalizer>();
        services.AddJob<TrainingWork>(
            TrainingWork.KindOfJob,
            provider => provider.GetRequiredService<IOptions<TrainingOptions>>().Value.AtOnce,
            canPause: true
        );
    }

    private static string[] Names(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
