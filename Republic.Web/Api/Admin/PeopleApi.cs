using Republic.Core;
using Republic.Core.Accounts.Links;
using Republic.Core.Admin.People;
using Republic.Core.Leaving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Everybody who has an account. For superusers.</summary>
internal static class PeopleApi
{
    private const int MostPerPage = 200;

    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/api/admin/people").WithTags("Administration").RequireSuperuser("Only a superuser administers people.");
        people.MapGet("", ListAsync).Produces<PeoplePage>();
        people.MapGet("/{id:guid}", FindAsync).Produces<AccountLine>();
        people.MapGet("/{id:guid}/belongings", BelongingsAsync).Produces<PersonBelongings>();
        people.MapPut("/{id:guid}", ChangeAsync).RequireSession().Produces<AccountLine>();
        people.MapPost("/{id:guid}/deactivate", DeactivateAsync).RequireSession().Produces<AccountLine>();
        people.MapPost("/{id:guid}/reactivate", ReactivateAsync).RequireSession().Produces<AccountLine>();
        people.MapPost("/{id:guid}/reset-link", ResetLinkAsync).RequireSession().Produces<ResetLink>();
        people.MapDelete("/{id:guid}", DeleteAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(PeopleReader reader, string? search, int? limit, string? cursor, CancellationToken ct)
    {
        var asked = Cursor.ReadId(cursor, limit, MostPerPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await reader.ListAsync(search, asked.Value.From, asked.Value.Limit, ct);
        return TypedResults.Ok(new PeoplePage([.. page.Select(AccountLine.Of)], asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> FindAsync(Guid id, PeopleReader reader, CancellationToken ct) =>
        (await reader.FindAsync(id, ct)).ToResult(person => TypedResults.Ok(AccountLine.Of(person)));

    private static async Task<IResult> BelongingsAsync(Guid id, LeavingReader reader, CancellationToken ct) =>
        (await reader.BelongingsAsync(id, ct)).ToResult(belongings => TypedResults.Ok(belongings));

    private static async Task<IResult> ChangeAsync(
        Guid id,
        RoleChange body,
        CurrentPerson me,
        PersonEditor editor,
        PeopleReader reader,
        CancellationToken ct
    )
    {
        if (body.Role is not (CurrentPerson.SuperuserRole or RoleChange.Member))
        {
            return Failure.Invalid("role", $"role is {CurrentPerson.SuperuserRole} or {RoleChange.Member}.").ToProblem();
        }

        return await ShowAsync(await editor.SetRoleAsync(me.Id, id, body.Role == CurrentPerson.SuperuserRole, ct), reader, ct);
    }

    private static async Task<IResult> DeactivateAsync(
        Guid id,
        CurrentPerson me,
        PersonEditor editor,
        PeopleReader reader,
        CancellationToken ct
    ) => await ShowAsync(await editor.DeactivateAsync(me.Id, id, ct), reader, ct);

    private static async Task<IResult> ReactivateAsync(
        Guid id,
        CurrentPerson me,
        PersonEditor editor,
        PeopleReader reader,
        CancellationToken ct
    ) => await ShowAsync(await editor.ReactivateAsync(me.Id, id, ct), reader, ct);

    private static async Task<IResult> ResetLinkAsync(
        Guid id,
        CurrentPerson me,
        HttpRequest request,
        PasswordResets resets,
        CancellationToken ct
    ) =>
        (await resets.CreateAsync(me.Id, id, ct)).ToResult(made =>
            TypedResults.Ok(new ResetLink(LinkAddress.OfReset(request, made.Token), made.Reset.ExpiresAt))
        );

    private static async Task<IResult> DeleteAsync(Guid id, CurrentPerson me, AccountDeletion deletion, CancellationToken ct) =>
        (await deletion.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> ShowAsync(Outcome<Guid> changed, PeopleReader reader, CancellationToken ct) =>
        changed.Ok ? await FindAsync(changed.Value, reader, ct) : changed.Failure.ToProblem();

    internal sealed record PeoplePage(IReadOnlyList<AccountLine> People, string? NextCursor);

    /// <param name="Answers">Of this month.</param>
    /// <param name="Cost">Of this month, in US dollars; null where none is known.</param>
    internal sealed record AccountLine(
        Guid Id,
        string Username,
        string Email,
        string Role,
        DateTimeOffset CreatedAt,
        DateTimeOffset? LastSeenAt,
        DateTimeOffset? DeactivatedAt,
        long Answers,
        decimal? Cost,
        long Bytes
    )
    {
        public static AccountLine Of(PersonLine person) =>
            new(
                person.Id,
                person.Name,
                person.Email,
                person.IsSuperuser ? CurrentPerson.SuperuserRole : RoleChange.Member,
                person.CreatedAt,
                person.LastSeenAt,
                person.DeactivatedAt,
                person.Figures.Answers,
                person.Figures.Cost,
                person.Figures.Bytes
            );
    }

    internal sealed record RoleChange(string? Role)
    {
        public const string Member = "member";
    }

    internal sealed record ResetLink(string Url, DateTimeOffset ExpiresAt);
}
