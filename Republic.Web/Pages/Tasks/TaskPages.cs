namespace Republic.Web.Pages.Tasks;

/// <summary>What the pages of tasks need besides the feature.</summary>
internal static class TaskPages
{
    public static IServiceCollection AddTaskPages(this IServiceCollection services) =>
        services.AddScoped<TaskViews>().AddScoped<TaskWorkViews>().AddScoped<TaskForms>();
}
