namespace Republic.Web.Pages.Chats;

public sealed record ManageForm(Guid Id, string? Title);
