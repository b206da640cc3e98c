namespace Republic.Core.PersonalModels;

internal static class PersonalModelQueries
{
    /// <summary>Those that can be used: their file is installed, and they were tested once.</summary>
    public static IQueryable<PersonalModel> Installed(this IQueryable<PersonalModel> models) =>
        models.Where(m => m.Sha256 != null && m.Measured != null);
}
