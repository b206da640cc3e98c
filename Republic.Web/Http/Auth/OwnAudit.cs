namespace Republic.Web.Http.Auth;

/// <summary>An endpoint whose changes by superusers are in the audit log already, in their own transactions.</summary>
internal sealed record OwnAudit;
