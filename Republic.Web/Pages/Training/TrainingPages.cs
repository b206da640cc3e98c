using Republic.Web.Pages.Training.Comparisons;

namespace Republic.Web.Pages.Training;

/// <summary>What the pages of runs need besides the features.</summary>
internal static class TrainingPages
{
    public static IServiceCollection AddTrainingPages(this IServiceCollection services) =>
        services.AddScoped<RunViews>().AddScoped<TrainingForms>().AddScoped<ComparisonViews>();
}
