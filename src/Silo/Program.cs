using RestateCloud.Silo;

return await SiloCommand.Create().Parse(args).InvokeAsync();
