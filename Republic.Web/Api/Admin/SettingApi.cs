using Republic.Core.Admin.Settings;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Settings that can be changed while the server runs. For superusers.</summary>
internal static class SettingApi
{
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/api/admin/settings")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser changes settings.");
        settings.MapGet("", ListAsync).Produces<SettingList>();
        settings.MapPut("/{key}", ChangeAsync).RequireSession().Produces<SettingCard>();
        settings.MapDelete("/{key}", ResetAsync).RequireSession().Produces<SettingCard>();
    }

    private static async Task<IResult> ListAsync(RuntimeSettings settings, CancellationToken ct) =>
        TypedResults.Ok(new SettingList([.. (await settings.ListAsync(ct)).Select(SettingCard.Of)]));

    private static async Task<IResult> ChangeAsync(
        string key,
        SettingChange body,
        CurrentPerson me,
        RuntimeSettings settings,
        CancellationToken ct
    ) => (await settings.ChangeAsync(me.Id, key, body.Value ?? "", ct)).ToResult(state => TypedResults.Ok(SettingCard.Of(state)));

    private static async Task<IResult> ResetAsync(string key, CurrentPerson me, RuntimeSettings settings, CancellationToken ct) =>
        (await settings.ChangeAsync(me.Id, key, value: null, ct)).ToResult(state => TypedResults.Ok(SettingCard.Of(state)));

    internal sealed record SettingChange(string? Value);

    internal sealed record SettingList(IReadOnlyList<SettingCard> Settings);

    /// <param name="Origin">One of default, file, page, environment and command_line, the weakest first.</param>
    /// <param name="CanBeChanged">False where the environment or the command line sets it.</param>
    internal sealed record SettingCard(
        string Key,
        string Value,
        string Default,
        string Origin,
        bool CanBeChanged,
        IReadOnlyList<string> Choices,
        string? ChangedBy,
        DateTimeOffset? ChangedAt
    )
    {
        public static SettingCard Of(SettingState state) =>
            new(
                state.Setting.Key,
                state.Value,
                state.Setting.Default,
                state.Origin == SettingOrigin.CommandLine ? "command_line" : state.Origin.ToString().ToLowerInvariant(),
                state.CanBeChanged,
                state.Setting.Choices,
                state.ChangedBy,
                state.ChangedAt
            );
    }
}
