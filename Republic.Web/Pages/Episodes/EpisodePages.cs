namespace Republic.Web.Pages.Episodes;

/// <summary>What the pages of episodes need besides the feature.</summary>
internal static class EpisodePages
{
    public static IServiceCollection AddEpisodePages(this IServiceCollection services) => services.AddSingleton<EpisodePageReader>();
}
