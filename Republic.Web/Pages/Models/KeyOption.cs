namespace Republic.Web.Pages.Models;

public sealed record KeyOption(string Value, string Text);
