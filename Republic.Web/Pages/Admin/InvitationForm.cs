using Republic.Core.Accounts.Links;

namespace Republic.Web.Pages.Admin;

public sealed class InvitationForm
{
    public string? Note { get; set; }

    public int Days { get; set; } = Invitations.UsualDays;
}
