using Republic.Core.Accounts.Links;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Links with which people make accounts. For superusers.</summary>
internal static class InvitationApi
{
    public static void MapInvitations(this IEndpointRouteBuilder app)
    {
        var invitations = app.MapGroup("/api/admin/invitations")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser invites people.");
        invitations.MapGet("", ListAsync).Produces<InvitationList>();
        invitations.MapPost("", CreateAsync).RequireSession().Produces<NewInvitation>(StatusCodes.Status201Created);
        invitations.MapDelete("/{id:guid}", WithdrawAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ListAsync(Invitations invitations, CancellationToken ct) =>
        TypedResults.Ok(new InvitationList([.. (await invitations.ListAsync(ct)).Select(InvitationCard.Of)]));

    private static async Task<IResult> CreateAsync(
        InvitationOrder body,
        CurrentPerson me,
        HttpRequest request,
        Invitations invitations,
        CancellationToken ct
    ) =>
        (await invitations.CreateAsync(me.Id, body.Note, body.Days, ct)).ToResult(made =>
            TypedResults.Created(
                $"/api/admin/invitations/{made.Invitation.Id}",
                new NewInvitation(InvitationCard.Of(made.Invitation), LinkAddress.OfInvitation(request, made.Token))
            )
        );

    private static async Task<IResult> WithdrawAsync(Guid id, CurrentPerson me, Invitations invitations, CancellationToken ct) =>
        (await invitations.WithdrawAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    internal sealed record InvitationOrder(string? Note, int? Days);

    internal sealed record InvitationList(IReadOnlyList<InvitationCard> Invitations);

    /// <param name="Url">Shown this once.</param>
    internal sealed record NewInvitation(InvitationCard Invitation, string Url);

    internal sealed record InvitationCard(
        Guid Id,
        string? Note,
        Guid? MadeBy,
        DateTimeOffset CreatedAt,
        DateTimeOffset ExpiresAt,
        DateTimeOffset? UsedAt,
        Guid? UsedBy
    )
    {
        public static InvitationCard Of(Invitation one) =>
            new(one.Id, one.Note, one.MadeBy, one.CreatedAt, one.ExpiresAt, one.UsedAt, one.UsedBy);
    }
}
